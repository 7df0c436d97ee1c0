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
    const unique = new Set((table.uniqueKeys ?? []).flatMap(key => key.columns ?? []));
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

/** Gives tables that belong together by schema, or else by the first word of their names, a hue of their own. */
function colour(tables) {
  const hasSchemas = new Set(tables.map(table => table.schema)).size > 1;
  const groupOf = table => hasSchemas ? table.schema ?? '' : table.name.split(/[_.\s-]|(?<=\p{Ll})(?=\p{Lu})/u)[0].toLowerCase();
  const groups = new Map();
  for (const table of tables) {
    const group = groupOf(table);
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(table);
  }
  let hue = 235;
  for (const members of groups.values()) {
    if (members.length < 3 || members.length === tables.length) continue;
    // Steps of the golden angle never come close to each other.
    for (const table of members) table.hue = hue;
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
