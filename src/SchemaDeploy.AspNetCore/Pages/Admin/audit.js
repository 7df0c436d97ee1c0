// Who did what to a row, newest first, as the audit log has it.

import { element, button, link } from './dom.js';
import * as api from './api.js';
import * as model from './model.js';
import { display, parseJson, textOf } from './values.js';

const pageSize = 20;

/** A row's trail, asked for when it is opened; null where the log cannot be searched for the row. */
export function trailView(resource, key) {
  const query = queryOf(resource, key);
  if (!query) {
    return null;
  }
  const entries = element('div', {});
  const details = element('details', { class: 'audit' }, element('summary', {}, element('h2', {}, 'Audit trail')), entries);
  details.addEventListener('toggle', async () => {
    if (details.open && !entries.hasChildNodes()) {
      await append(entries, query, null);
    }
  });
  return details;
}

/** The filters by which the log has the row's entries; null where it has none that say enough. */
function queryOf(resource, key) {
  const log = model.audit();
  const canFilter = name => name !== undefined && log.target?.byField.get(name)?.filters;
  if (!resource.audited || !canFilter(log.key)) {
    return null;
  }
  const query = { [log.key]: key.join('/') };
  if (canFilter(log.entity)) {
    query[log.entity] = resource.audited;
  } else if (canFilter(log.table)) {
    query[log.table] = resource.table;
  } else if (canFilter(log.event)) {
    query[`${log.event}[in]`] = ['CREATE', 'UPDATE', 'DELETE'].map(action => `${action}_${resource.audited.toUpperCase()}`).join(',');
  } else {
    return null;
  }
  if (log.time && log.target.byField.get(log.time)?.sort) {
    query.sort = `-${log.time}`;
  }
  return query;
}

async function append(entries, query, cursor) {
  const log = model.audit();
  const page = await api.list(log.target.path, { ...query, limit: pageSize, ...cursor && { cursor } });
  if (page.items.length === 0 && cursor === null) {
    entries.append(element('p', { class: 'empty' }, 'Nothing is recorded of it.'));
  }
  entries.append(...page.items.map(entry => entryView(log, entry)));
  if (page.next) {
    const more = button('Show more', async () => {
      more.remove();
      await append(entries, query, page.next);
    });
    entries.append(more);
  }
}

function entryView(log, entry) {
  const time = log.target.byField.get(log.time);
  const actor = entry[log.user] ?? entry[log.actor];
  const address = model.rowAddress(log.target, entry);
  const what = textOf(entry[log.action ?? log.event]);
  return element('article', { class: 'entry' },
    element('header', {},
      element('strong', {}, address ? link(what, address) : what),
      element('span', { class: 'soft' }, time && display(time, entry[log.time]), actor !== null && actor !== undefined && [' by ', actorView(actor)])),
    changes(log, entry));
}

// The application itself and clients without a token act as well.
function actorView(actor) {
  const users = model.users();
  const text = textOf(actor);
  return users && !['system', 'anonymous'].includes(text) && users.key.length === 1 ? link(`${users.singular} ${text}`, model.address(['row', users.name, text])) : text;
}

function changes(log, entry) {
  const [before, after] = log.changes
    ? [objectOf(entry[log.changes])?.old, objectOf(entry[log.changes])?.new]
    : [objectOf(entry[log.old]), objectOf(entry[log.new])];
  const isNone = value => value === null || value === undefined;
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(name => !isNone(before?.[name]) || !isNone(after?.[name]));
  return names.length > 0 && element('div', { class: 'scroll' }, element('table', {},
    element('thead', {}, element('tr', {}, ['Field', 'Before', 'After'].map(text => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, names.map(name => element('tr', {},
      element('th', { scope: 'row' }, name),
      element('td', {}, textOf(before?.[name])),
      element('td', {}, textOf(after?.[name])))))));
}

// Logs of text columns hold the document as text.
function objectOf(value) {
  if (typeof value !== 'string') {
    return value ?? null;
  }
  try {
    return parseJson(value);
  } catch {
    return null;
  }
}
