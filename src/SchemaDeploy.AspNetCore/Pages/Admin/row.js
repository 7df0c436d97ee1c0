// One row: its fields, what refers to it, and who did what to it.

import { element, button, link, announce, capital } from './dom.js';
import * as api from './api.js';
import * as model from './model.js';
import { isLong } from './values.js';
import { value } from './list.js';
import { trailView } from './audit.js';
import { confirm } from './confirm.js';

export async function rowView(resource, key) {
  const path = model.apiPath(resource, ...key);
  const { row, etag } = await api.get(path, model.expansion(resource));
  const trail = trailView(resource, key);
  return element('section', { class: 'row' },
    element('header', { class: 'heading' },
      element('div', {},
        element('p', { class: 'trail' }, link(capital(resource.plural), model.listAddress(resource)), ' /'),
        element('h1', {}, model.labelOf(resource, row))),
      element('div', { class: 'actions' },
        resource.update && link('Edit', model.address(['edit', resource.name, ...key]), { class: 'button primary' }),
        resource.delete && button('Delete', () => remove(resource, row, path, etag), { class: 'danger' }))),
    element('dl', { class: 'fields' }, [...resource.shown].sort((one, other) => isLong(one) - isLong(other)).map(field => element('div', { class: isLong(field) && 'long' },
      element('dt', { title: field.schema.description }, field.name),
      element('dd', {}, value(resource, row, field))))),
    resource.collections.length > 0 && element('section', { 'aria-labelledby': 'related' },
      element('h2', { id: 'related' }, 'What refers to it'),
      element('ul', { class: 'links' }, resource.collections.map(collection => {
        const source = model.resource(collection.source);
        return element('li', {}, link(
          [capital(source.plural), element('small', {}, ` by ${collection.reference}`)],
          model.address(['of', resource.name, ...key, collection.route])));
      }))),
    trail);
}

async function remove(resource, row, path, etag) {
  const label = model.labelOf(resource, row);
  await confirm(`Delete ${label}?`, `The ${resource.singular} will be gone, and whatever the database deletes with it.`, 'Delete', async () => {
    await api.remove(path, etag);
    announce(`${label} is deleted`);
    location.hash = model.listAddress(resource);
  });
}
