// The diagram's elements. Names reach the document as text content only. A card's rows are made when the card first
// comes into sight at a scale where they can be read, so that a thousand tables open as fast as ten.

const SVG = 'http://www.w3.org/2000/svg';

function svg(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  return element;
}

class Drawing {
  constructor(world) {
    this.world = world;
  }

  draw(layout) {
    this.layout = layout;
    this.cards = new Map();
    this.lines = new Map();
    const edges = svg('g', { class: 'edges' }), cards = svg('g', { class: 'cards' });
    for (const edge of layout.edges) edges.append(this.line(edge));
    for (const node of layout.nodes.values()) cards.append(this.card(node));
    this.raised = svg('g', { class: 'edges raised' });
    this.edges = edges;
    this.world.replaceChildren(edges, this.raised, cards);
  }

  line(edge) {
    const { relation, path, start, end } = edge;
    const group = svg('g', { class: 'relation' });
    const title = `${relation.child.title} (${relation.key.columns.join(', ')}) → ${relation.parent.title} (${(relation.key.referencedColumns ?? []).join(', ')})`;
    group.append(
      svg('title', {}, title),
      svg('path', { class: 'reach', d: path }),
      svg('path', { class: relation.optional ? 'edge optional' : 'edge', d: path }),
      svg('path', { class: 'mark', d: parentMark(start, relation) + childMark(end, relation) }));
    if (relation.optional) group.append(svg('circle', { class: 'mark', cx: start.x + start.side * 13, cy: start.y, r: 3.5 }));
    group.append(svg('circle', { class: 'mark', cx: end.x + end.side * (relation.unique ? 12 : 16), cy: end.y, r: 3.5 }));
    group.relation = relation;
    this.lines.set(relation, group);
    return group;
  }

  card(node) {
    const { table, width, height } = node;
    const group = svg('g', { class: 'table', transform: `translate(${node.x} ${node.y})`, 'data-table': table.index });
    if (table.hue !== undefined) group.style.setProperty('--hue', table.hue);
    group.append(
      svg('title', {}, table.comment ? `${table.title}\n${table.comment}` : table.title),
      svg('rect', { class: 'shade', x: 0, y: 2, width, height, rx: 8 }),
      svg('rect', { class: 'card', width, height, rx: 8 }),
      svg('path', { class: 'head', d: `M0 ${HEAD - 4}V8Q0 0 8 0H${width - 8}Q${width} 0 ${width} 8V${HEAD - 4}Z` }),
      svg('rect', { class: 'frame', width, height, rx: 8 }),
      svg('text', { class: 'name', x: 14, y: 21 }, shorten(table.title, '600 14px ', width - 28)),
      this.farName(node));
    group.table = table;
    this.cards.set(table, { group, node, rows: null });
    return group;
  }

  /** The name as it shows from afar: in as many lines as its words need, and as large as the card allows. */
  farName({ table, width, height }) {
    const room = width - 16;
    let size, mayBreak, lines;
    for ([size, mayBreak] of [[30, false], [26, false], [22, false], [19, false], [20, true], [17, true], [15, true]]) {
      lines = wrap(table.name, `600 ${size}px `, room, mayBreak);
      if (lines !== null && lines.length * size * 1.1 <= height - 8) break;
    }
    const text = svg('text', { class: 'far-name', 'font-size': size });
    lines.forEach((line, i) => {
      text.append(svg('tspan', { x: width / 2, y: height / 2 + (i - (lines.length - 1) / 2) * size * 1.1 }, line));
    });
    return text;
  }

  /** Makes the rows of the cards inside a rectangle of the diagram. */
  fill(left, top, right, bottom) {
    for (const card of this.cards.values()) {
      const { node } = card;
      if (card.rows === null && node.x < right && node.x + node.width > left && node.y < bottom && node.y + node.height > top) {
        card.rows = this.rows(node);
        card.group.append(card.rows);
      }
    }
  }

  rows(node) {
    const group = svg('g', { class: 'rows' });
    node.rows.forEach((column, place) => {
      const y = HEAD + place * ROW;
      const row = svg('g', { class: column.isKey ? 'row key' : 'row', transform: `translate(0 ${y})` });
      row.append(svg('rect', { class: 'band', x: 1, width: node.width - 2, height: ROW }));
      const badge = column.primary ? 'PK' : column.foreign ? 'FK' : column.unique ? 'UK' : '';
      if (badge) row.append(svg('text', { class: `badge ${badge}`, x: 14, y: 15 }, badge));
      const type = shorten(typeText(column), '12px ', TYPE_ROOM);
      const room = node.width - 66 - measure(type, '12px ');
      const name = svg('text', { class: column.primary ? 'column primary' : 'column', x: 38, y: 15.5 }, shorten(column.name, nameFont(column), room));
      row.append(name, svg('text', { class: 'type', x: node.width - 14, y: 15.5 }, type));
      row.column = column;
      group.append(row);
    });
    if (node.more > 0) {
      const y = HEAD + node.rows.length * ROW + 15;
      group.append(svg('text', { class: 'more', x: 38, y }, `${node.more} more`));
    }
    return group;
  }

  /** Shows what is selected: its neighbours stay clear, the rest steps back. */
  select(table, column) {
    this.edges.append(...this.raised.childNodes);
    const near = table ? neighboursOf(table) : new Set();
    this.world.classList.toggle('selecting', Boolean(table));
    for (const [other, { group, node }] of this.cards) {
      group.classList.toggle('on', other === table);
      group.classList.toggle('near', near.has(other));
      if (other === table && column) this.fill(node.x, node.y, node.x + node.width, node.y + node.height);
    }
    for (const row of this.world.querySelectorAll('.row.on')) row.classList.remove('on');
    if (!table) return;
    for (const relation of [...table.outgoing, ...table.incoming]) {
      const line = this.lines.get(relation);
      if (line) this.raised.append(line);
    }
    for (const row of this.cards.get(table)?.rows?.childNodes ?? []) {
      if (column && row.column === column) row.classList.add('on');
    }
  }
}

/** A name in lines no wider than the room, or null; only where it must be is a word broken. */
function wrap(name, font, room, mayBreak) {
  const lines = [''];
  for (const word of wordsOf(name.slice(0, 80))) {
    if (measure(lines.at(-1) + word, font) <= room) {
      lines[lines.length - 1] += word;
      continue;
    }
    if (measure(word, font) > room && !mayBreak) return null;
    lines.push('');
    for (const letter of word) {
      if (measure(lines.at(-1) + letter, font) > room) lines.push('');
      lines[lines.length - 1] += letter;
    }
  }
  return lines.filter(line => line !== '');
}

/** One bar for "one"; a second bar, or a circle drawn apart, for "at least" and "at most". */
function parentMark({ x, y, side }, relation) {
  const bar = at => `M${x + side * at} ${y - 4.5}V${y + 4.5}`;
  return bar(6) + (relation.optional ? '' : bar(10));
}

function childMark({ x, y, side }, relation) {
  return relation.unique
    ? `M${x + side * 6} ${y - 5}V${y + 5}`
    : `M${x} ${y - 6}L${x + side * 12} ${y}L${x} ${y + 6}`;
}
