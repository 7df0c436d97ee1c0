// Where the tables stand. Tables that foreign keys join form a part; each part is set in columns, parents to the left
// of their children where that costs no detours, and the parts are packed side by side. Nothing here is random.

const ROW = 22, HEAD = 36, FOOT = 6, GAP = 34, PART_GAP = 70, ASPECT = 1.6;
// A card shows no more columns than this that are not keys; the details show all.
const MOST_ROWS = 50, NAME_ROOM = 200, TYPE_ROOM = 150;
const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

const measure = (() => {
  const context = document.createElement('canvas').getContext('2d');
  const widths = new Map();
  return (text, font) => {
    const key = font + text;
    let width = widths.get(key);
    if (width === undefined) {
      context.font = font + FONT;
      widths.set(key, width = context.measureText(text).width);
    }
    return width;
  };
})();

/** Text cut to a width. */
function shorten(text, font, width) {
  if (text.length < 200 && measure(text, font) <= width) return text;
  let low = 0, high = Math.min(text.length, 200);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (measure(text.slice(0, middle) + '…', font) <= width) low = middle; else high = middle - 1;
  }
  return text.slice(0, low) + '…';
}

const nameFont = column => column.primary ? '600 13px ' : '13px ';
const typeText = column => column.type + (column.nullable ? '?' : '');

/** A table's card: its rows, width and height. */
function makeNode(table, keysOnly) {
  const rows = table.columns.filter((column, place) => column.isKey || (!keysOnly && place < MOST_ROWS));
  const more = table.columns.length - rows.length;
  let width = measure(table.title.slice(0, 60), '600 14px ') + 32;
  for (const column of rows) {
    const name = measure(column.name.slice(0, 60), nameFont(column)), type = measure(typeText(column).slice(0, 40), '12px ');
    width = Math.max(width, Math.min(name, NAME_ROOM) + Math.min(type, TYPE_ROOM) + 66);
  }
  const places = new Map(rows.map((column, place) => [column, place]));
  return {
    table, rows, more, places, x: 0, y: 0,
    width: Math.ceil(Math.min(Math.max(width, 170), 420)),
    height: HEAD + (rows.length + (more > 0 ? 1 : 0)) * ROW + FOOT,
  };
}

/** The height within a card at which a column's relations leave it. */
function portOf(node, columnIndex) {
  const place = node.places.get(node.table.columns[columnIndex]);
  return place === undefined ? HEAD / 2 : HEAD + place * ROW + ROW / 2;
}

function layOut(tables, relations, keysOnly) {
  const nodes = new Map(tables.map(table => [table, makeNode(table, keysOnly)]));
  const links = relations
    .filter(relation => nodes.has(relation.child) && nodes.has(relation.parent))
    .map(relation => ({ relation, child: nodes.get(relation.child), parent: nodes.get(relation.parent) }));

  const parts = splitIntoParts([...nodes.values()], links);
  for (const part of parts) {
    const columns = setInColumns(part.nodes, part.links);
    part.routes = new Routes(columns, part.links);
    part.routes.settle();
    part.routes.place();
  }

  const size = pack(parts);
  const edges = parts.flatMap(part => part.routes.edges(part.x, part.y));
  for (const part of parts) {
    for (const node of part.nodes) {
      node.x += part.x;
      node.y += part.y;
    }
  }
  return { nodes, edges, width: size.width, height: size.height };
}

function splitIntoParts(nodes, links) {
  const leader = new Map(nodes.map(node => [node, node]));
  const find = node => {
    while (leader.get(node) !== node) {
      leader.set(node, leader.get(leader.get(node)));
      node = leader.get(node);
    }
    return node;
  };
  for (const link of links) leader.set(find(link.child), find(link.parent));

  const joined = new Map(), alone = { nodes: [], links: [] };
  const linked = new Set(links.flatMap(link => [link.child, link.parent]));
  for (const node of nodes) {
    if (!linked.has(node)) {
      alone.nodes.push(node);
      continue;
    }
    const root = find(node);
    if (!joined.has(root)) joined.set(root, { nodes: [], links: [] });
    joined.get(root).nodes.push(node);
  }
  for (const link of links) joined.get(find(link.child)).links.push(link);

  const parts = [...joined.values()].sort((a, b) => b.nodes.length - a.nodes.length);
  if (alone.nodes.length > 0) parts.push(alone);
  return parts;
}

/** Cuts a part's tables into columns of about equal height, joined tables into near ones. */
function setInColumns(nodes, links) {
  const total = nodes.reduce((sum, node) => sum + node.height + GAP, 0);
  const width = nodes.reduce((sum, node) => sum + node.width, 0) / nodes.length + (links.length > 0 ? 100 : GAP);
  const tallest = Math.max(...nodes.map(node => node.height)) + GAP;
  orderByLevel(nodes, links);
  // A handful of tables reads best as one column for each step from parent to child.
  const levels = nodes.length > 6 ? 1 : 1 + Math.max(...nodes.map(node => node.at));
  const count = Math.max(1, Math.min(nodes.length, Math.max(levels, Math.round(Math.sqrt(ASPECT * total / width)))));
  const height = Math.max(total / count, Math.min(tallest, total));

  spread(nodes, links, height);
  const column = node => Math.min(count - 1, Math.floor(node.at));
  for (const node of nodes) node.column = column(node);
  improveColumns(nodes, links, count, height);

  const columns = Array.from({ length: count }, () => []);
  for (const node of nodes) columns[node.column].push(node);
  const used = columns.filter(items => items.length > 0);
  used.forEach((items, index) => items.forEach(node => { node.column = index; }));
  return used;
}

/** Gives each table a level after those it references; a cycle is cut at its first table. */
function orderByLevel(nodes, links) {
  for (const node of nodes) {
    node.links = [];
    node.waiting = 0;
    node.at = 0;
  }
  for (const link of links) {
    if (link.child === link.parent) continue;
    link.child.links.push({ other: link.parent, step: 1 });
    link.parent.links.push({ other: link.child, step: -1 });
    link.child.waiting++;
  }

  const done = new Set(), ready = nodes.filter(node => node.waiting === 0);
  let next = 0;
  for (let head = 0; done.size < nodes.length; head++) {
    while (head >= ready.length) {
      if (!done.has(nodes[next])) ready.push(nodes[next]);
      next++;
    }
    const node = ready[head];
    if (done.has(node)) continue;
    done.add(node);
    for (const { other, step } of node.links) {
      if (step < 0 && !done.has(other)) {
        other.at = Math.max(other.at, node.at + 1);
        if (--other.waiting === 0) ready.push(other);
      }
    }
  }
}

/** Draws joined tables together along one line, then spaces the line out by the tables' heights. */
function spread(nodes, links, height) {
  const rank = () => {
    const sorted = [...nodes].sort((a, b) => a.at - b.at || a.table.index - b.table.index);
    let sum = 0;
    for (const node of sorted) {
      node.at = (sum + (node.height + GAP) / 2) / height;
      sum += node.height + GAP;
    }
  };

  rank();
  for (let round = 0; round < 60 && links.length > 0; round++) {
    for (const node of nodes) {
      let sum = 0, weight = 0;
      for (const { other, step } of node.links) {
        // A table that everything refers to says little about where one of its children belongs.
        const pull = 1 / Math.sqrt(Math.max(node.links.length, other.links.length));
        sum += pull * (other.at + step);
        weight += pull;
      }
      node.wanted = weight > 0 ? 0.5 * node.at + 0.5 * sum / weight : node.at;
    }
    for (const node of nodes) node.at = node.wanted;
    rank();
  }
}

/** Moves single tables to the columns where their relations are shortest, as far as there is room. */
function improveColumns(nodes, links, count, height) {
  const filled = new Array(count).fill(0);
  // A small part looks better with uneven columns than with parents and children in one.
  const limit = height * (1.2 + 1.5 / nodes.length);
  for (const node of nodes) filled[node.column] += node.height + GAP;

  const cost = (node, column) => {
    let sum = 0;
    for (const { other, step } of node.links) {
      const distance = (column - other.column) * step;
      sum += distance > 0 ? distance : distance === 0 ? 1.6 : 0.3 - distance;
    }
    return sum;
  };

  for (let round = 0; round < 12; round++) {
    let moved = false;
    for (const node of nodes) {
      const size = node.height + GAP;
      let best = node.column, least = cost(node, node.column) - 1e-9;
      const near = new Set(node.links.flatMap(({ other }) => [other.column - 1, other.column, other.column + 1]));
      for (const column of [...near].sort((a, b) => a - b)) {
        if (column < 0 || column >= count || column === node.column || filled[column] + size > limit) continue;
        const price = cost(node, column);
        if (price < least) {
          best = column;
          least = price;
        }
      }
      if (best !== node.column) {
        filled[node.column] -= size;
        filled[best] += size;
        node.column = best;
        moved = true;
      }
    }
    if (!moved) break;
  }
}

/** Sets the parts in rows, the largest first, at the width that leaves the whole largest on a screen. */
function pack(parts) {
  const widest = Math.max(0, ...parts.map(part => part.routes.width));
  const area = parts.reduce((sum, part) => sum + (part.routes.width + PART_GAP) * (part.routes.height + PART_GAP), 0);
  const extent = ({ width, height }) => Math.max(width / ASPECT, height);
  let best = null;
  for (const stretch of [0.7, 1, 1.2, 1.4, 1.7]) {
    const size = packInto(parts, Math.max(widest, Math.sqrt(area * ASPECT) * stretch));
    if (best === null || extent(size) < extent(best)) best = size;
  }
  parts.forEach((part, i) => Object.assign(part, best.places[i]));
  return best;
}

function packInto(parts, limit) {
  const places = [];
  let x = 0, y = 0, rowHeight = 0, width = 0;
  for (const { routes } of parts) {
    if (x > 0 && x + routes.width > limit) {
      x = 0;
      y += rowHeight + PART_GAP;
      rowHeight = 0;
    }
    places.push({ x, y });
    x += routes.width + PART_GAP;
    rowHeight = Math.max(rowHeight, routes.height);
    width = Math.max(width, x - PART_GAP);
  }
  return { places, width, height: y + rowHeight };
}
