// How relations run. Between two columns of tables lies a channel of vertical tracks. All foreign keys to the same
// column of a table share one trunk to the left and one to the right of it; each channel that a trunk passes gives it
// one track, and each column of tables that it passes gives it a free height between the cards (a pass).

const TRACK = 9, MARK = 30, CORNER = 7, PASS = 8;

class Routes {
  constructor(columns, links) {
    this.columns = columns.map(nodes => [...nodes]);
    this.channels = columns.map(() => []);
    this.trunks = this.makeTrunks(links);
    for (const trunk of this.trunks) this.lead(trunk);
  }

  /** Groups the links by what they share: the referenced column, the side, and whether they may be empty. */
  makeTrunks(links) {
    const trunks = new Map();
    for (const link of links) {
      const side = link.child.column < link.parent.column ? -1 : 1;
      const { parentColumn, optional } = link.relation;
      const key = `${link.parent.table.index} ${parentColumn} ${side} ${optional}`;
      if (!trunks.has(key)) trunks.set(key, { parent: link.parent, parentColumn, side, optional, links: [] });
      trunks.get(key).links.push(link);
    }
    // Required and optional foreign keys to one column leave it side by side.
    for (const [key, trunk] of trunks) {
      const hasTwin = trunks.has(key.replace(/\w+$/, String(!trunk.optional)));
      trunk.shift = !hasTwin ? 0 : trunk.optional ? 5 : -5;
    }
    return [...trunks.values()];
  }

  /** Makes the trunk's nets: what it joins in each channel. */
  lead(trunk) {
    const { parent, side, links } = trunk;
    let source = { node: parent, dy: portOf(parent, trunk.parentColumn) + trunk.shift };
    const far = side > 0
      ? Math.max(...links.map(link => link.child.column)) - 1
      : Math.min(...links.map(link => link.child.column));

    trunk.nets = new Map();
    const first = side > 0 ? parent.column : parent.column - 1;
    for (let channel = first; side > 0 ? channel <= Math.max(far, first) : channel >= far; channel += side) {
      const net = { trunk, channel, near: source, ports: [source], left: [], right: [] };
      (side > 0 ? net.left : net.right).push(source);
      for (const link of links) {
        const column = link.child.column;
        const isSame = side > 0 && channel === first && column === parent.column;
        if (isSame || column === (side > 0 ? channel + 1 : channel)) {
          const port = { node: link.child, dy: portOf(link.child, link.relation.childColumn) };
          link.port = port;
          link.channel = channel;
          link.childSide = side > 0 && !isSame ? -1 : 1;
          (link.childSide < 0 ? net.right : net.left).push(port);
          net.ports.push(port);
        }
      }
      if (channel !== far && channel + side >= 0 && (side > 0 ? channel < far : channel > far)) {
        const column = side > 0 ? channel + 1 : channel;
        const pass = { isPass: true, column, height: PASS, y: parent.y, order: trunk.nets.size };
        this.columns[column].push(pass);
        source = { node: pass, dy: PASS / 2 };
        net.ports.push(source);
        (side > 0 ? net.right : net.left).push(source);
      }
      trunk.nets.set(channel, net);
      this.channels[channel].push(net);
    }
  }

  /** Orders each column and finds the heights at which relations run straightest. */
  settle() {
    for (const items of this.columns) {
      for (const item of items) item.nets = [];
      let y = 0;
      for (const item of items) {
        item.y = y;
        y += item.height + (item.isPass ? PASS : GAP);
      }
      // Columns start centred on one line, so that the first sweep has no slope.
      for (const item of items) item.y -= y / 2;
    }
    for (const nets of this.channels) {
      for (const net of nets) {
        for (const port of net.ports) port.node.nets.push({ net, port });
      }
    }

    let best = null, least = Infinity;
    const last = this.columns.length - 1;
    for (let round = 0; round < 24; round++) {
      const free = round < 18;
      const both = round >= 12;
      for (let i = 0; i <= last; i++) {
        const column = round % 2 === 0 ? i : last - i;
        this.settleColumn(this.columns[column], both ? null : round % 2 === 0 ? column - 1 : column, free);
      }
      if (!both) continue;
      const length = this.length();
      if (length < least) {
        least = length;
        best = this.columns.map(items => items.map(item => [item, item.y]));
      }
    }
    if (best !== null) {
      this.columns = best.map(items => items.map(([item, y]) => {
        item.y = y;
        return item;
      }));
    }
  }

  settleColumn(items, channel, mayReorder) {
    for (const item of items) {
      let sum = 0, weight = 0;
      for (const { net, port } of item.nets) {
        const isSameColumn = net.channel === item.column && net.left.length > 1 && net.left.includes(port);
        if (channel !== null && net.channel !== channel && !isSameColumn) continue;
        let others = 0;
        for (const other of net.ports) {
          if (other !== port) others += other.node.y + other.dy;
        }
        if (net.ports.length < 2) continue;
        const pull = item.isPass ? 2 : 1;
        sum += pull * (others / (net.ports.length - 1) - port.dy);
        weight += pull;
      }
      item.wanted = weight > 0 ? sum / weight : item.y;
      item.weight = weight > 0 ? weight : 0.2;
    }
    if (mayReorder) items.sort((a, b) => a.wanted + a.height / 2 - b.wanted - b.height / 2);
    stack(items);
  }

  length() {
    let sum = 0;
    for (const nets of this.channels) {
      for (const net of nets) {
        let top = Infinity, bottom = -Infinity;
        for (const port of net.ports) {
          const y = port.node.y + port.dy;
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
        sum += bottom - top;
      }
    }
    return sum;
  }

  /** Gives the channels their tracks, and everything its place, the part's top left corner at 0, 0. */
  place() {
    const top = Math.min(...this.columns.flat().map(item => item.y));
    let x = 0;
    this.columns.forEach((items, column) => {
      const width = Math.max(...items.map(item => item.width ?? 0));
      for (const item of items) {
        item.y = Math.round(item.y - top);
        item.x = x;
        item.width = width;
      }
      x += width;
      const tracks = assignTracks(this.channels[column]);
      const isLast = column === this.columns.length - 1;
      for (const net of this.channels[column]) net.x = x + MARK + net.track * TRACK;
      if (tracks > 0) x += 2 * MARK + (tracks - 1) * TRACK;
      else if (!isLast) x += GAP;
    });
    this.width = x;
    this.height = Math.max(...this.columns.flat().map(item => item.y + item.height));
  }

  edges(dx, dy) {
    return this.trunks.flatMap(trunk => trunk.links.map(link => this.edge(trunk, link, dx, dy)));
  }

  edge(trunk, link, dx, dy) {
    const heightOf = port => port.node.y + port.dy + dy;
    const startX = trunk.parent.x + (trunk.side > 0 ? trunk.parent.width : 0) + dx;
    const endX = link.child.x + (link.childSide > 0 ? link.child.width : 0) + dx;
    const points = [];
    let y = 0;
    for (const net of trunk.nets.values()) {
      if (points.length === 0) {
        y = heightOf(net.near);
        points.push([startX, y]);
      }
      const isEnd = net.channel === link.channel;
      const next = isEnd ? heightOf(link.port) : heightOf(net.ports.at(-1));
      points.push([net.x + dx, y], [net.x + dx, next]);
      y = next;
      if (isEnd) break;
    }
    points.push([endX, y]);
    return {
      relation: link.relation, path: roundedPath(points),
      start: { x: startX, y: points[0][1], side: trunk.side }, end: { x: endX, y, side: link.childSide },
    };
  }
}

/** Sets items in their order, each as near to its wanted height as those before and after it allow (least squares). */
function stack(items) {
  const blocks = [];
  let offset = 0;
  items.forEach((item, index) => {
    if (index > 0) {
      const previous = items[index - 1];
      offset += previous.height + (previous.isPass && item.isPass ? PASS : previous.isPass || item.isPass ? GAP / 2 : GAP);
    }
    item.offset = offset;
    let block = { sum: (item.wanted - offset) * item.weight, weight: item.weight, first: index };
    while (blocks.length > 0 && blocks.at(-1).sum / blocks.at(-1).weight >= block.sum / block.weight) {
      const before = blocks.pop();
      block = { sum: before.sum + block.sum, weight: before.weight + block.weight, first: before.first };
    }
    blocks.push(block);
  });
  blocks.forEach((block, index) => {
    const end = index + 1 < blocks.length ? blocks[index + 1].first : items.length;
    for (let i = block.first; i < end; i++) items[i].y = items[i].offset + block.sum / block.weight;
  });
}

/** Gives each net of a channel a track where no other net runs beside it; returns how many tracks there are. */
function assignTracks(nets) {
  for (const net of nets) {
    const heights = net.ports.map(port => port.node.y + port.dy);
    net.top = Math.min(...heights) - 6;
    net.bottom = Math.max(...heights) + 6;
    const left = net.left.reduce((sum, port) => sum + port.node.y + port.dy, 0) / Math.max(1, net.left.length);
    const right = net.right.reduce((sum, port) => sum + port.node.y + port.dy, 0) / Math.max(1, net.right.length);
    // Of two that run down, the lower start turns first, or they would cross; of two that run up, the higher.
    net.turn = net.right.length === 0 ? -Infinity : right > left ? -left : left;
  }

  const sorted = [...nets].sort((a, b) => a.turn - b.turn);
  const tracks = [];
  for (const net of sorted) {
    let track = tracks.length;
    while (track > 0 && !tracks[track - 1].some(other => other.top < net.bottom && net.top < other.bottom)) track--;
    net.track = track;
    (tracks[track] ??= []).push(net);
  }
  return tracks.length;
}

function roundedPath(points) {
  const corners = points.filter((point, i) => i === 0 || point[0] !== points[i - 1][0] || point[1] !== points[i - 1][1]);
  let path = `M${corners[0][0]} ${corners[0][1]}`;
  for (let i = 1; i < corners.length - 1; i++) {
    const [x0, y0] = corners[i - 1], [x, y] = corners[i], [x1, y1] = corners[i + 1];
    const before = Math.hypot(x - x0, y - y0), after = Math.hypot(x1 - x, y1 - y);
    const radius = Math.min(CORNER, before / 2, after / 2);
    path += `L${x - (x - x0) / before * radius} ${y - (y - y0) / before * radius}`
      + `Q${x} ${y} ${x + (x1 - x) / after * radius} ${y + (y1 - y) / after * radius}`;
  }
  return `${path}L${corners.at(-1)[0]} ${corners.at(-1)[1]}`;
}
