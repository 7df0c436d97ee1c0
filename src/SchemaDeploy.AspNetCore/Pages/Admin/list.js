// A resource as a table: filters, order, pages.

import { element, button, link, announce, capital, icon } from './dom.js';
import * as api from './api.js';
import * as model from './model.js';
import { display, isNumber, textOf } from './values.js';
import { filterForm, describeFilter, isFilter } from './filters.js';

const pageSizes = ['25', '50', '100'];
const up = 'M8 12V4M4.5 7.5 8 4l3.5 3.5';
const down = 'M8 4v8M4.5 8.5 8 12l3.5-3.5';

/**
 * A page of rows. The query in the address is the API's own: filters, sort, limit, cursor.
 * @param resource What the rows are.
 * @param query The query as URLSearchParams.
 * @param place Where the list is: its path in the API, its place in the page, and, where it belongs to a row, that row's heading.
 */
export async function listView(resource, query, place) {
  const results = element('div', { class: 'results', 'aria-live': 'off' });
  const view = element('section', { class: 'list' }, heading(resource, place), toolbar(resource, query, place), results);
  try {
    const page = await api.list(place.path, { limit: pageSizes[0], ...Object.fromEntries(query), ...model.expansion(resource) });
    results.append(table(resource, query, place, page.items), pager(query, place, page));
    announce(`${page.items.length} ${page.items.length === 1 ? resource.singular : resource.plural}`);
  } catch (problem) {
    if (!(problem instanceof api.Problem)) {
      throw problem;
    }
    results.append(element('p', { class: 'message bad', role: 'alert' }, [problem.message, ...Object.entries(problem.fields).map(([name, texts]) => `${name} ${texts.join(', ')}`)].join(' ')));
  }
  return view;
}

const without = (query, ...names) => Object.fromEntries([...query].filter(([name]) => !names.includes(name)));

function heading(resource, place) {
  return element('header', { class: 'heading' },
    element('div', {},
      place.of && element('p', { class: 'trail' }, link(place.of.text, place.of.address), ' /'),
      element('h1', {}, capital(resource.plural)),
      resource.comment && element('p', { class: 'soft' }, resource.comment)),
    resource.create && !place.of && link(`New ${resource.singular}`, model.address(['new', resource.name]), { class: 'button primary' }));
}

function toolbar(resource, query, place) {
  const chips = [...query].filter(([name]) => isFilter(resource, name)).map(([name, value]) => element('li', {},
    describeFilter(resource, name, value),
    link('×', model.address(place.parts, without(query, name, 'cursor')), { 'aria-label': `Remove the filter ${describeFilter(resource, name, value)}` })));
  return element('div', { class: 'toolbar' },
    filterForm(resource, (name, value) => {
      location.hash = model.address(place.parts, { ...without(query, 'cursor'), [name]: value });
    }),
    chips.length > 0 && element('ul', { class: 'chips', 'aria-label': 'Filters' }, chips));
}

function table(resource, query, place, rows) {
  if (rows.length === 0) {
    return element('p', { class: 'empty' }, [...query.keys()].some(name => isFilter(resource, name)) ? 'No row fits the filters.' : 'There are no rows yet.');
  }
  return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${capital(resource.plural)}, table` },
    element('table', {},
      element('thead', {}, element('tr', {}, resource.shown.map(field => columnHeading(resource, field, query, place)))),
      element('tbody', {}, rows.map(row => element('tr', {}, resource.shown.map((field, index) => cell(resource, row, field, index === 0)))))));
}

// Keys of other rows are names to people, not numbers.
const alignment = (resource, field) => isNumber(field) && !model.referenceOf(resource, field) && 'number';

function columnHeading(resource, field, query, place) {
  const properties = { scope: 'col', class: alignment(resource, field), title: field.schema.description };
  if (!field.sort) {
    return element('th', properties, field.name);
  }
  const sort = query.get('sort');
  const isSorted = sort === field.name || sort === `-${field.name}`;
  const isDown = sort === `-${field.name}`;
  const next = model.address(place.parts, { ...without(query, 'cursor', 'sort'), sort: isSorted && !isDown ? `-${field.name}` : field.name });
  return element('th', { ...properties, 'aria-sort': isSorted ? (isDown ? 'descending' : 'ascending') : 'none' },
    link([field.name, isSorted && icon(isDown ? down : up)], next, { class: 'sort' }));
}

function cell(resource, row, field, isFirst) {
  const address = model.rowAddress(resource, row);
  return element(isFirst && address ? 'th' : 'td', { scope: isFirst && address && 'row', class: alignment(resource, field) },
    isFirst && address ? link(display(field, row[field.name]) || '(none)', address) : value(resource, row, field));
}

/** The value of a field, as a link where it refers to another row. */
export function value(resource, row, field) {
  const raw = row[field.name];
  if (raw === null || raw === undefined) {
    return [element('span', { class: 'null', 'aria-hidden': 'true' }, '–'), element('span', { class: 'hidden-text' }, 'none')];
  }
  const reference = model.referenceOf(resource, field);
  const address = reference && model.targetAddress(reference, row);
  if (address) {
    const target = row[reference.name];
    const label = target && model.labelOf(model.resource(reference.target), target);
    return link([label ?? textOf(raw), label && element('small', {}, ` ${textOf(raw)}`)], address);
  }
  return element('span', { class: 'value' }, display(field, raw));
}

function pager(query, place, page) {
  const to = (cursor, text) => cursor
    ? link(text, model.address(place.parts, { ...without(query, 'cursor'), cursor }), { class: 'button' })
    : element('span', { class: 'button', 'aria-disabled': 'true', role: 'link' }, text);
  const count = button('Count all', async () => {
    const { total } = await api.list(place.path, { ...without(query, 'cursor', 'limit', 'sort'), limit: '1', count: 'true' });
    count.replaceWith(element('span', { class: 'soft', role: 'status' }, `${textOf(total)} in all`));
  });
  return element('nav', { class: 'pager', 'aria-label': 'Pages' },
    to(page.previous, 'Previous'), to(page.next, 'Next'),
    element('span', { class: 'soft' }, `${page.items.length} shown`), count,
    element('label', {}, 'Rows ', element('select', {
      onchange: event => { location.hash = model.address(place.parts, { ...without(query, 'cursor', 'limit'), limit: event.target.value }); },
    }, pageSizes.map(size => element('option', { selected: size === (query.get('limit') ?? pageSizes[0]) }, size)))));
}
