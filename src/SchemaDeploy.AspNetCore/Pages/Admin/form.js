// A row to create or change. The API judges it; its messages are shown at the fields.

import { element, button, link, announce, capital } from './dom.js';
import * as api from './api.js';
import * as model from './model.js';
import { fieldInput } from './inputs.js';

/** The form of a new row, or of the one that a key names. */
export async function formView(resource, key, query) {
  const path = key ? model.apiPath(resource, ...key) : resource.path;
  const { row, etag } = key ? await api.get(path) : { row: Object.fromEntries(query), etag: null };
  const inputs = resource.fields.filter(field => key ? field.update : field.create).map(field => fieldInput(resource, field, row, key !== null));
  const refusal = element('p', { class: 'message bad', role: 'alert', hidden: true, tabindex: -1 });
  const save = element('button', { class: 'primary' }, key ? 'Save' : 'Create');
  const back = key ? model.address(['row', resource.name, ...key]) : model.listAddress(resource);

  async function onsubmit(event) {
    event.preventDefault();
    clear(inputs, refusal);
    const unreadable = inputs.filter(input => input.value() === undefined);
    if (unreadable.length > 0) {
      unreadable.forEach(input => input.refuse([input.expectation]));
      unreadable[0].focus();
      return;
    }
    save.disabled = true;
    try {
      await store();
    } catch (problem) {
      if (!(problem instanceof api.Problem)) {
        throw problem;
      }
      refuse(problem, inputs, refusal);
    } finally {
      save.disabled = false;
    }
  }

  async function store() {
    const body = Object.fromEntries(inputs.filter(input => input.isGiven()).map(input => [input.name, input.value()]));
    if (key && Object.keys(body).length === 0) {
      location.hash = back;
      return;
    }
    const stored = key ? await api.change(path, body, etag) : await api.create(path, body);
    announce(key ? 'Saved' : 'Created');
    location.hash = model.rowAddress(resource, stored);
  }

  return element('section', { class: 'edit' },
    element('header', { class: 'heading' }, element('div', {},
      element('p', { class: 'trail' }, link(capital(resource.plural), model.listAddress(resource)), ' /', key && [' ', link(model.labelOf(resource, row), back), ' /']),
      element('h1', {}, key ? `Edit ${model.labelOf(resource, row)}` : `New ${resource.singular}`))),
    element('form', { onsubmit, novalidate: true },
      refusal,
      inputs.map(input => input.node),
      element('div', { class: 'actions' }, save, button('Cancel', () => { location.hash = back; }))));
}

function clear(inputs, refusal) {
  refusal.hidden = true;
  inputs.forEach(input => input.refuse([]));
}

function refuse(problem, inputs, refusal) {
  const refused = inputs.filter(input => problem.fields[input.name]);
  refused.forEach(input => input.refuse(problem.fields[input.name]));
  const names = new Set(inputs.map(input => input.name));
  const others = Object.entries(problem.fields).filter(([name]) => !names.has(name)).map(([name, messages]) => `${name} ${messages.join(', ')}`);
  refusal.textContent = problem.status === 412
    ? 'Somebody has changed the row since you opened it. Load the page again to see how it is now.'
    : [refused.length > 0 ? 'Not saved. What has to change is said at the fields.' : problem.message, ...others].join(' ');
  refusal.hidden = false;
  (refused[0] ?? { focus: () => refusal.focus() }).focus();
}
