// The inputs of a form, one a field.

import { capital, element } from './dom.js';
import * as api from './api.js';
import * as model from './model.js';
import { editable, isLong, isNullable, kindOf, parse, textOf } from './values.js';

const expectations = {
  integer: 'must be a whole number', number: 'must be a number', json: 'must be JSON', boolean: 'must be true or false',
};

const suggestionDelay = 200;

/**
 * The input of a field: its node; whether it says something that the API need know; its value, undefined where it is
 * none; and where the API's messages go.
 */
export function fieldInput(resource, field, row, isChange) {
  const before = field.name in row ? editable(field, row[field.name]) : isChange ? '' : editable(field, field.schema.default);
  const id = `field-${field.name}`;
  const control = controlOf(field, before, { id, name: field.name, 'aria-describedby': `${id}-help ${id}-error`, 'aria-required': !isChange && field.required && 'true' });
  // Browsers keep text in a form of their own, without carriage returns for one: what was not touched is no change.
  const untouched = control.value;
  const error = element('p', { class: 'error', id: `${id}-error` });
  const suggestions = suggest(resource, field, control);
  const node = element('div', { class: `field ${isLong(field) ? 'long' : ''}` },
    element('label', { for: id }, field.name, !isChange && field.required && element('span', { class: 'required', 'aria-hidden': 'true' }, ' *')),
    control, suggestions,
    element('p', { class: 'help', id: `${id}-help` }, helpOf(resource, field)),
    error);
  return {
    node,
    name: field.name,
    expectation: expectations[kindOf(field)],
    value: () => parse(field, control.value),
    // What is left as it is, the server knows or decides.
    isGiven: () => control.value !== untouched || !isChange && untouched !== '',
    focus: () => control.focus(),
    refuse: messages => {
      error.textContent = messages.map(sentence).join(' ');
      if (messages.length > 0) {
        control.setAttribute('aria-invalid', 'true');
      } else {
        control.removeAttribute('aria-invalid');
      }
    },
  };
}

const sentence = message => capital(message) + (/[.!?]$/.test(message) ? '' : '.');

function controlOf(field, text, properties) {
  const kind = kindOf(field);
  if (kind === 'choice' || kind === 'boolean') {
    const values = kind === 'boolean' ? ['true', 'false'] : field.schema.enum.filter(value => value !== null).map(textOf);
    const options = isNullable(field) || text === '' ? ['', ...values] : values;
    return element('select', properties, options.map(value => element('option', { value, selected: value === text }, value === '' ? '(none)' : value)));
  }
  if (isLong(field) || text.includes('\n')) {
    const area = element('textarea', { ...properties, rows: kind === 'json' ? 6 : 4, spellcheck: kind === 'json' ? 'false' : null, class: kind === 'json' && 'code' });
    area.value = text;
    return area;
  }
  return element('input', {
    ...properties, value: text, autocomplete: field.schema.writeOnly ? 'new-password' : 'off',
    type: field.schema.writeOnly ? 'password' : { date: 'date', email: 'email' }[kind] ?? 'text',
    inputmode: { integer: 'numeric', number: 'decimal' }[kind],
    placeholder: { moment: '2030-12-31T12:00:00Z', clock: '2030-12-31T12:00:00' }[kind],
  });
}

/** What the schema says of a value, in a few words. */
function helpOf(resource, field) {
  const { schema } = field;
  const reference = model.referenceOf(resource, field);
  const between = (least, most) => [least !== undefined && `at least ${least}`, most !== undefined && `at most ${most}`].filter(Boolean).join(', ');
  return [
    schema.description,
    reference && `refers to ${model.resource(reference.target)?.plural ?? reference.target}`,
    between(schema.minimum, schema.maximum),
    schema.maxLength !== undefined && `at most ${schema.maxLength} characters`,
    { bytes: 'base64', json: 'JSON', moment: 'UTC' }[kindOf(field)],
  ].filter(Boolean).join(' · ');
}

/** Rows that a reference may name, found by what is typed of their names. */
function suggest(resource, field, control) {
  const reference = model.referenceOf(resource, field);
  const target = reference && reference.fields.length === 1 && model.resource(reference.target);
  if (!target?.label) {
    return null;
  }
  const list = element('datalist', { id: `${control.id}-rows` });
  control.setAttribute('list', list.id);
  const canSearch = target.byField.get(target.label).filters?.includes('starts');
  let timer;
  const load = async () => {
    const isName = canSearch && control.value !== '' && !/^\d+$/.test(control.value);
    const page = await api.list(target.path, { limit: 20, ...isName && { [`${target.label}[starts]`]: control.value } }).catch(() => null);
    list.replaceChildren(...(page?.items ?? []).map(row => element('option', { value: textOf(row[reference.targetFields[0]]), label: model.labelOf(target, row) })));
  };
  control.addEventListener('focus', load, { once: true });
  control.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(load, suggestionDelay);
  });
  return list;
}
