// The page itself: what is shown, how it is looked at, and what the user's hands do.

const find = id => document.getElementById(id);
const { tables, relations } = readModel();
const search = makeSearch(tables);
const diagram = find('diagram'), world = find('world');
const drawing = new Drawing(world);
const byTitle = new Map(tables.map(table => [table.title, table]));

// Beyond this many tables, the whole is easier to read by its keys.
const MANY_TABLES = 40;
const state = { table: null, column: null, near: false, columns: null };
const view = { x: 0, y: 0, scale: 1 };
let shown = '';

// Looking

let frame = 0;

function look() {
  world.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
  const dots = find('dots');
  const spacing = view.scale < 0.3 ? 4 : view.scale < 0.6 ? 2 : 1;
  dots.setAttribute('patternTransform', `translate(${view.x} ${view.y}) scale(${view.scale * spacing})`);
  diagram.classList.toggle('far', view.scale < 0.36);
  diagram.classList.toggle('farthest', view.scale < 0.12);
  diagram.classList.toggle('middle', view.scale >= 0.36 && view.scale < 0.55);
  find('scale').textContent = `${Math.round(view.scale * 100)}%`;
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(fillView);
}

function fillView() {
  const { clientWidth, clientHeight } = diagram;
  const left = -view.x / view.scale, top = -view.y / view.scale;
  const right = left + clientWidth / view.scale, bottom = top + clientHeight / view.scale;
  if (view.scale >= 0.36) drawing.fill(left, top, right, bottom);
  drawMap(left, top, right, bottom);
}

function zoom(factor, x = diagram.clientWidth / 2, y = diagram.clientHeight / 2) {
  const scale = Math.min(3, Math.max(0.02, view.scale * factor));
  view.x = x - (x - view.x) * scale / view.scale;
  view.y = y - (y - view.y) * scale / view.scale;
  view.scale = scale;
  look();
}

function fit() {
  const { width, height } = drawing.layout;
  const top = 64, bottom = 52, sides = 40;
  const roomX = Math.max(100, diagram.clientWidth - 2 * sides), roomY = Math.max(100, diagram.clientHeight - top - bottom);
  view.scale = Math.min(1.2, Math.max(0.02, Math.min(roomX / Math.max(1, width), roomY / Math.max(1, height))));
  view.x = sides + (roomX - width * view.scale) / 2;
  view.y = top + (roomY - height * view.scale) / 2;
  look();
}

/** Brings a table into the middle, at a scale where it can be read, unless it is in sight already. */
function show(table) {
  const node = drawing.layout.nodes.get(table);
  const left = node.x * view.scale + view.x, top = node.y * view.scale + view.y;
  const isInSight = view.scale >= 0.55 && left >= 0 && top >= 56
    && left + node.width * view.scale <= diagram.clientWidth && top + node.height * view.scale <= diagram.clientHeight;
  if (isInSight) {
    look();
    return;
  }
  view.scale = Math.min(1.2, Math.max(view.scale, 0.8));
  view.x = diagram.clientWidth / 2 - (node.x + node.width / 2) * view.scale;
  const tall = node.height * view.scale > diagram.clientHeight - 140;
  view.y = tall ? 80 - node.y * view.scale : diagram.clientHeight / 2 - (node.y + node.height / 2) * view.scale;
  look();
}

// The small map

const map = find('map');
const mapScale = () => Math.min(map.width / Math.max(1, drawing.layout.width), map.height / Math.max(1, drawing.layout.height));

function drawMap(left, top, right, bottom) {
  const { width, height, nodes } = drawing.layout;
  const needed = nodes.size > 1 && (left > 0 || top > 0 || right < width || bottom < height);
  map.hidden = !needed;
  if (!needed) return;
  const context = map.getContext('2d'), style = getComputedStyle(map), scale = mapScale();
  context.clearRect(0, 0, map.width, map.height);
  for (const [table, node] of nodes) {
    context.fillStyle = table === state.table ? style.getPropertyValue('--accent') : style.getPropertyValue('--line');
    context.fillRect(node.x * scale, node.y * scale, Math.max(2, node.width * scale), Math.max(2, node.height * scale));
  }
  context.strokeStyle = style.getPropertyValue('--accent');
  context.lineWidth = 2;
  const x = Math.max(1, left * scale), y = Math.max(1, top * scale);
  context.strokeRect(x, y, Math.min(map.width - 1, right * scale) - x, Math.min(map.height - 1, bottom * scale) - y);
}

function lookFromMap(event) {
  const scale = mapScale(), box = map.getBoundingClientRect(), ratio = map.width / box.width;
  view.x = diagram.clientWidth / 2 - (event.clientX - box.left) * ratio / scale * view.scale;
  view.y = diagram.clientHeight / 2 - (event.clientY - box.top) * ratio / scale * view.scale;
  look();
}

// What is shown

function render(keepView) {
  const isNear = state.near;
  const chosen = isNear ? new Set([state.table, ...neighboursOf(state.table)]) : null;
  const visible = chosen ? tables.filter(table => chosen.has(table)) : tables;
  const keysOnly = state.columns === null ? visible.length > MANY_TABLES : state.columns === 'keys';

  showDetails(find('details'), state.table, state.column, () => go(null));
  find('details').setAttribute('aria-label', state.table ? `Table ${state.table.title}` : 'Table');
  find('near').disabled = state.table === null;
  find('near').setAttribute('aria-pressed', String(isNear));
  find('keys').setAttribute('aria-pressed', String(keysOnly));
  for (const link of find('list').querySelectorAll('[aria-current]')) link.removeAttribute('aria-current');
  if (state.table) find('list').querySelector(`[data-table="${state.table.index}"]`)?.setAttribute('aria-current', 'true');

  const wanted = `${keysOnly} ${isNear ? state.table.index : ''}`;
  if (wanted !== shown) {
    performance.mark('layout-start');
    const layout = layOut(visible, relations, keysOnly);
    performance.measure('layout', 'layout-start');
    drawing.draw(layout);
    shown = wanted;
    fit();
    keepView = isNear;
  }

  drawing.select(state.table, state.column);
  if (state.table && !keepView) show(state.table); else look();
}

/** The address holds the whole state, so that a view can be linked to and Back works. */
function go(table, changes = {}) {
  const next = { ...state, table, column: null, ...changes };
  const values = new URLSearchParams();
  if (next.table) values.set('table', next.table.title);
  if (next.column) values.set('column', next.column.name);
  if (next.near && next.table) values.set('view', 'neighbours');
  if (next.columns) values.set('columns', next.columns);
  history.pushState(null, '', '#' + values);
  readAddress(changes.keepView);
}

function readAddress(keepView = false) {
  const values = new URLSearchParams(location.hash.slice(1));
  state.table = byTitle.get(values.get('table')) ?? null;
  state.column = state.table?.columns.find(column => column.name === values.get('column')) ?? null;
  state.near = values.get('view') === 'neighbours' && state.table !== null;
  state.columns = ['all', 'keys'].includes(values.get('columns')) ? values.get('columns') : null;
  render(keepView);
}

// Finding

function listResults() {
  const query = find('search').value;
  if (query.trim() === '') {
    listTables(find('list'), tables);
    find('found').textContent = '';
    return;
  }
  const found = search(query, 100);
  listFound(find('list'), found, query);
  find('found').textContent = found.length === 0 ? 'Nothing found' : found.length === 100 ? 'The first 100 matches' : `${found.length} found`;
}

function walkList(event) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [find('search'), ...find('list').querySelectorAll('a')];
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
  event.preventDefault();
}

find('search').addEventListener('input', listResults);
find('search').addEventListener('keydown', event => {
  if (event.key === 'Enter') find('list').querySelector('a')?.click();
});
find('side').addEventListener('keydown', walkList);
document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const values = new URLSearchParams(link.hash.slice(1));
  const table = byTitle.get(values.get('table'));
  if (table) go(table, { column: table.columns.find(column => column.name === values.get('column')) ?? null });
  if (innerWidth < 720) toggleSide(false);
});

// Hands

const pointers = new Map();
let travelled = 0;

diagram.addEventListener('wheel', event => {
  event.preventDefault();
  const unit = event.deltaMode === 1 ? 16 : 1;
  if (event.shiftKey) {
    view.x -= (event.deltaX || event.deltaY) * unit;
    look();
  } else {
    const box = diagram.getBoundingClientRect();
    zoom(Math.exp(-Math.max(-200, Math.min(200, event.deltaY * unit)) * 0.0016), event.clientX - box.left, event.clientY - box.top);
  }
}, { passive: false });

diagram.addEventListener('pointerdown', event => {
  if (event.button !== 0) return;
  pointers.set(event.pointerId, event);
  travelled = pointers.size > 1 ? 100 : 0;
});
diagram.addEventListener('pointermove', event => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const other = [...pointers.values()].find(pointer => pointer.pointerId !== event.pointerId);
  if (other) {
    const box = diagram.getBoundingClientRect();
    const distance = pointer => Math.max(1, Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY));
    zoom(distance(event) / distance(before), (event.clientX + other.clientX) / 2 - box.left, (event.clientY + other.clientY) / 2 - box.top);
  } else {
    travelled += Math.abs(event.clientX - before.clientX) + Math.abs(event.clientY - before.clientY);
    if (travelled > 4 && !diagram.hasPointerCapture(event.pointerId)) diagram.setPointerCapture(event.pointerId);
    view.x += event.clientX - before.clientX;
    view.y += event.clientY - before.clientY;
    look();
  }
  pointers.set(event.pointerId, event);
});
for (const end of ['pointerup', 'pointercancel']) diagram.addEventListener(end, event => pointers.delete(event.pointerId));

diagram.addEventListener('click', event => {
  if (travelled > 4) return;
  const table = event.target.closest('.table')?.table;
  const relation = event.target.closest('.relation')?.relation;
  if (table) go(table, { column: event.target.closest('.row')?.column ?? null, keepView: true });
  else if (relation) go(relation.child, { column: relation.child.columns[relation.childColumn] ?? null, keepView: true });
  else if (state.table && !state.near) go(null);
});
diagram.addEventListener('dblclick', event => {
  const table = event.target.closest('.table')?.table;
  if (table) show(table);
});

map.addEventListener('pointerdown', event => {
  map.setPointerCapture(event.pointerId);
  lookFromMap(event);
});
map.addEventListener('pointermove', event => {
  if (map.hasPointerCapture(event.pointerId)) lookFromMap(event);
});

function toggleSide(open = !document.body.classList.contains('with-side')) {
  document.body.classList.toggle('with-side', open);
  find('menu').setAttribute('aria-expanded', String(open));
  look();
}

const toggleKeys = () => {
  const isOn = find('keys').getAttribute('aria-pressed') === 'true';
  go(state.table, { column: state.column, columns: isOn ? 'all' : 'keys' });
};
const toggleNear = () => {
  if (state.table) go(state.table, { column: state.column, near: !state.near });
};
find('in').addEventListener('click', () => zoom(1.25));
find('out').addEventListener('click', () => zoom(0.8));
find('fit').addEventListener('click', fit);
find('keys').addEventListener('click', toggleKeys);
find('near').addEventListener('click', toggleNear);
find('print').addEventListener('click', () => print());
find('menu').addEventListener('click', () => toggleSide());

const commands = {
  '+': () => zoom(1.25), '=': () => zoom(1.25), '-': () => zoom(0.8), 0: fit, k: toggleKeys, n: toggleNear,
  '/': () => {
    toggleSide(true);
    find('search').select();
  },
  Escape: () => {
    if (state.table) go(null);
  },
};
const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === find('search')) {
    if (event.key === 'Escape' && find('search').value === '') find('diagram').focus();
    return;
  }
  if (event.target === diagram && Object.hasOwn(moves, event.key)) {
    view.x += moves[event.key][0];
    view.y += moves[event.key][1];
    look();
  } else if (Object.hasOwn(commands, event.key)) {
    commands[event.key]();
  } else {
    return;
  }
  event.preventDefault();
});

// Paper gets the whole diagram with every row.
addEventListener('beforeprint', () => {
  const { width, height } = drawing.layout;
  drawing.fill(-Infinity, -Infinity, Infinity, Infinity);
  diagram.setAttribute('viewBox', `-10 -10 ${width + 20} ${height + 20}`);
  diagram.classList.remove('farthest', 'far', 'middle');
  world.removeAttribute('transform');
});
addEventListener('afterprint', () => {
  diagram.removeAttribute('viewBox');
  look();
});
addEventListener('resize', look);
addEventListener('popstate', () => readAddress(false));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', look);

const count = (number, one, many) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
find('summary').textContent = `${count(tables.length, 'table', 'tables')}, ${count(relations.length, 'relation', 'relations')}`;
find('empty').hidden = tables.length > 0;
listTables(find('list'), tables);
document.body.classList.toggle('with-side', innerWidth >= 720);
find('menu').setAttribute('aria-expanded', String(innerWidth >= 720));
readAddress();
