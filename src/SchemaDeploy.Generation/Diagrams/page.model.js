// The model as the page uses it: tables with full names, and one relation for each foreign key that can be drawn.

function readModel() {
  const tables = JSON.parse(document.getElementById('model').textContent).tables;
  const relations = [];

  tables.forEach((table, index) => {
    table.index = index;
    table.title = table.schema ? `${table.schema}.${table.name}` : table.name;
    table.columns ??= [];
    table.outgoing = [];
    table.incoming = [];
    const primary = new Set(table.primaryKey);
    const unique = new Set((table.uniqueKeys ?? []).filter(key => key.columns?.length === 1).map(key => key.columns[0]));
    const foreign = new Set((table.foreignKeys ?? []).flatMap(key => key.columns));
    for (const column of table.columns) {
      column.primary = primary.has(column.name);
      column.foreign = foreign.has(column.name);
      column.unique = unique.has(column.name);
      column.isKey = column.primary || column.foreign;
    }
  });

  for (const table of tables) {
    const places = new Map(table.columns.map((column, place) => [column.name, place]));
    for (const key of table.foreignKeys ?? []) {
      if (key.table === undefined) continue;
      const parent = tables[key.table];
      const parentColumn = Math.max(0, parent.columns.findIndex(column => column.name === key.referencedColumns?.[0]));
      const relation = {
        index: relations.length, key, child: table, parent, parentColumn,
        childColumn: places.get(key.columns[0]) ?? 0,
        optional: Boolean(key.optional), unique: Boolean(key.unique),
      };
      if (parent.columns[parentColumn]) parent.columns[parentColumn].isKey = true;
      relations.push(relation);
      table.outgoing.push(relation);
      parent.incoming.push(relation);
    }
  }

  colour(tables);
  return { tables, relations };
}

/** The words of a name, each with the separator behind it. */
const wordsOf = name => name.split(/(?<=[_.\s-])|(?<=\p{Ll})(?=\p{Lu})/u);

/** Gives tables that belong together by schema, or else by how their names begin, a hue of their own. */
function colour(tables) {
  const group = keyOf => {
    const groups = new Map();
    for (const table of tables) {
      const key = keyOf(table);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(table);
    }
    return [...groups.values()];
  };
  const isTelling = groups => groups.length > 1 && groups.every(members => members.length <= tables.length * 0.6);
  const byWords = count => group(table => wordsOf(table.name).slice(0, count).join('').replace(/[_.\s-]+$/, '').toLowerCase());

  let groups = group(table => table.schema);
  if (groups.length === 1) groups = [byWords(1), byWords(2)].find(isTelling) ?? [];
  let hue = 235;
  for (const members of groups) {
    if (members.length < 3) continue;
    for (const table of members) table.hue = hue;
    // Steps of the golden angle never come close to each other.
    hue = Math.round(hue + 137.5) % 360;
  }
}

/** The tables that foreign keys join to this one, in either direction. */
function neighboursOf(table) {
  const found = new Set();
  for (const relation of table.outgoing) found.add(relation.parent);
  for (const relation of table.incoming) found.add(relation.child);
  found.delete(table);
  return found;
}

/** A function from a query to the tables and columns whose names hold it, best first. */
function makeSearch(tables) {
  const entries = [];
  for (const table of tables) {
    entries.push({ table, column: null, text: table.title.toLowerCase(), name: table.name.toLowerCase() });
  }
  for (const table of tables) {
    for (const column of table.columns) {
      const name = column.name.toLowerCase();
      entries.push({ table, column, text: `${table.title}.${column.name}`.toLowerCase(), name });
    }
  }

  return (query, limit) => {
    const wanted = query.trim().toLowerCase();
    const ranks = [[], [], [], []];
    for (const entry of entries) {
      // A column counts by its own name, and by its table's where the query names both.
      const rank = entry.name === wanted ? 0
        : entry.name.startsWith(wanted) ? 1
        : entry.name.includes(wanted) ? 2
        : (entry.column === null || wanted.includes('.')) && entry.text.includes(wanted) ? 3 : -1;
      if (rank >= 0 && ranks[rank].length < limit) ranks[rank].push(entry);
    }
    return ranks.flat().slice(0, limit);
  };
}
