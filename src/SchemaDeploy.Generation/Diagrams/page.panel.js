// What stands beside the diagram: the list of tables, which is also the list of what a search found, and the details
// of the selected table.

function element(name, properties, ...children) {
  const made = document.createElement(name);
  for (const key in properties) {
    if (key in made) made[key] = properties[key]; else made.setAttribute(key, properties[key]);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

const addressOf = (table, column) => {
  const values = new URLSearchParams({ table: table.title });
  if (column) values.set('column', column.name);
  return '#' + values;
};

const tableLink = (table, column, text) => element('a', { href: addressOf(table, column) }, text ?? table.title);

function listTables(list, tables) {
  list.replaceChildren(...tables.map(table => {
    const link = tableLink(table, null, '');
    link.append(element('span', {}, ...breakable(table.title)), element('small', {}, String(table.columns.length)));
    link.title = table.comment ?? '';
    link.dataset.table = table.index;
    return element('li', {}, link);
  }));
}

function listFound(list, found, query) {
  list.replaceChildren(...found.map(({ table, column }) => {
    const link = tableLink(table, column, '');
    link.append(element('span', {}, ...marked(column ? column.name : table.title, query)), element('small', {}, column ? table.title : 'table'));
    return element('li', {}, link);
  }));
}

/** The text with places where a line may break. */
const breakable = text => wordsOf(text).flatMap((word, i) => i === 0 ? [word] : [element('wbr'), word]);

/** The text with what the query found in it marked. */
function marked(text, query) {
  const wanted = query.trim().toLowerCase();
  const at = text.toLowerCase().indexOf(wanted);
  if (at < 0) return [text];
  const end = at + wanted.length;
  return [text.slice(0, at), element('mark', {}, text.slice(at, end)), text.slice(end)];
}

function showDetails(panel, table, column, close) {
  panel.hidden = !table;
  if (!table) return;
  const closer = element('button', { type: 'button', className: 'close', onclick: close, title: 'Close (Esc)' }, '×');
  closer.setAttribute('aria-label', 'Close');

  panel.replaceChildren(
    element('header', {},
      element('div', {}, element('h2', {}, table.title), table.comment ? element('p', { className: 'comment' }, table.comment) : null),
      closer),
    section('Columns', table.columns, item => columnItem(item, item === column), table.columns.length),
    section('Keys', keysOf(table), ([kind, columns, name]) => element('li', {},
      element('b', { className: `badge ${kind}` }, kind), ' ', code(columns.join(', ')), name ? element('small', {}, name) : null)),
    section('References', table.foreignKeys, key => referenceItem(table, key)),
    section('Referenced by', table.incoming, relation => element('li', {},
      tableLink(relation.child), ' ', code(relation.key.columns.join(', ')),
      element('small', {}, relation.unique ? 'one at most' : 'many'))),
    section('Indexes', table.indexes, index => element('li', {},
      code(index.parts), [index.unique && 'unique', index.method?.toLowerCase()].filter(Boolean).map(text => ` ${text}`).join(''),
      index.filter ? element('div', {}, 'where ', code(index.filter)) : null,
      index.include ? element('div', {}, 'include ', code(index.include.join(', '))) : null,
      element('small', {}, index.name))),
    section('Checks', table.checks, check => element('li', {}, code(check.expression), element('small', {}, check.name))));
  panel.scrollTop = 0;
  panel.querySelector('.on')?.scrollIntoView({ block: 'center' });
}

const code = text => element('code', {}, text);

function section(title, items, show) {
  if (!items || items.length === 0) return '';
  return element('section', {}, element('h3', {}, title, element('small', {}, String(items.length))), element('ul', {}, ...items.map(show)));
}

function keysOf(table) {
  const keys = (table.uniqueKeys ?? []).map(key => ['UK', key.columns ?? [], key.name]);
  if (table.primaryKey) keys.unshift(['PK', table.primaryKey, null]);
  return keys;
}

function columnItem(column, isSelected) {
  const badges = [column.primary && 'PK', column.foreign && 'FK', column.unique && 'UK'].filter(Boolean);
  const facts = [
    column.nullable && 'may be null',
    column.identity && 'numbered by the database',
    column.onUpdateNow && 'set at every update',
  ].filter(Boolean).join(', ');
  return element('li', { className: isSelected ? 'column on' : 'column' },
    element('div', { className: 'line' },
      element('strong', {}, column.name),
      ...badges.map(badge => element('b', { className: `badge ${badge}` }, badge)),
      element('span', { className: 'type' }, column.type)),
    facts ? element('small', {}, facts) : null,
    column.default !== undefined ? element('div', {}, 'default ', code(column.default)) : null,
    column.generated !== undefined ? element('div', {}, 'computed as ', code(column.generated)) : null,
    column.values ? element('div', { className: 'values' }, ...column.values.map(code)) : null,
    column.comment ? element('p', { className: 'comment' }, column.comment) : null);
}

function referenceItem(table, key) {
  const parent = table.outgoing.find(relation => relation.key === key)?.parent;
  const actions = [
    key.optional && 'may be empty',
    key.onDelete && `on delete ${key.onDelete}`,
    key.onUpdate && `on update ${key.onUpdate}`,
  ].filter(Boolean).join(', ');
  return element('li', {},
    code(key.columns.join(', ')), ' → ',
    parent ? tableLink(parent) : key.referencedTable, ' ',
    code((key.referencedColumns ?? []).join(', ')),
    actions ? element('small', {}, actions) : null);
}
