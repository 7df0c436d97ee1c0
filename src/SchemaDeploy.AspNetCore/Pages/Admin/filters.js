// Filters as the API writes them: field=value, field[operator]=value.

import { element } from './dom.js';
import { kindOf } from './values.js';

const words = {
  eq: 'is', ne: 'is not', gt: 'is more than', gte: 'is at least', lt: 'is less than', lte: 'is at most',
  in: 'is one of', null: 'has no value', contains: 'contains', starts: 'begins with',
};

// Parameters of lists that a field of the same name gives way to.
const reserved = ['limit', 'cursor', 'count', 'sort', 'fields', 'expand'];

const nameOf = (field, operator) => operator === 'eq' && !reserved.includes(field.name) ? field.name : `${field.name}[${operator}]`;

const split = name => /^(.*)\[(\w+)\]$/.exec(name)?.slice(1) ?? [name, 'eq'];

/** Whether a parameter of the query is a filter. */
export const isFilter = (resource, name) => !reserved.includes(name) && resource.byField.has(split(name)[0]);

export function describeFilter(resource, name, value) {
  const [field, operator] = split(name);
  if (operator === 'null') {
    return `${field} ${value === 'true' ? 'has no value' : 'has a value'}`;
  }
  return `${field} ${words[operator] ?? operator} ${value}`;
}

/** Where one filter is put together; tells its parameter and value when it is. */
export function filterForm(resource, add) {
  const fields = resource.shown.filter(field => field.filters);
  if (fields.length === 0) {
    return null;
  }
  const fieldChoice = element('select', { 'aria-label': 'Field' }, fields.map(field => element('option', { selected: field.name === resource.label }, field.name)));
  const operatorChoice = element('select', { 'aria-label': 'Comparison' });
  const valuePlace = element('span', {});
  const update = () => {
    const field = resource.byField.get(fieldChoice.value);
    const previous = operatorChoice.value || 'contains';
    operatorChoice.replaceChildren(...field.filters.map(name => element('option', { value: name, selected: name === previous }, words[name] ?? name)));
    updateValue();
  };
  const updateValue = () => valuePlace.replaceChildren(valueInput(resource.byField.get(fieldChoice.value), operatorChoice.value));
  fieldChoice.addEventListener('change', update);
  operatorChoice.addEventListener('change', updateValue);
  update();
  return element('form', {
    class: 'filter',
    onsubmit: event => {
      event.preventDefault();
      add(nameOf(resource.byField.get(fieldChoice.value), operatorChoice.value), valuePlace.firstChild.value);
    },
  }, fieldChoice, operatorChoice, valuePlace, element('button', {}, 'Filter'));
}

function valueInput(field, operator) {
  const kind = kindOf(field);
  const label = { 'aria-label': 'Value' };
  if (operator === 'null') {
    return choice([['true', 'yes'], ['false', 'no']], label);
  }
  if (kind === 'boolean') {
    return choice([['true', 'true'], ['false', 'false']], label);
  }
  if (kind === 'choice' && operator !== 'in') {
    return choice(field.schema.enum.filter(value => value !== null).map(value => [value, value]), label);
  }
  return element('input', {
    ...label, required: true, autocomplete: 'off', spellcheck: 'false',
    type: kind === 'date' && operator !== 'in' ? 'date' : 'text',
    inputmode: ['integer', 'number'].includes(kind) && operator !== 'in' ? 'decimal' : null,
    placeholder: operator === 'in' ? 'a,b,c' : kind === 'moment' ? '2030-12-31T12:00:00Z' : null,
  });
}

const choice = (values, properties) => element('select', properties, values.map(([value, text]) => element('option', { value }, text)));
