// What the API has, as the build wrote it down: resources, their fields, and what refers to what.

import { ask } from './session.js';
import { Problem } from './api.js';
import { textOf } from './values.js';

let model = null;

/** Loads the description, which only ADMIN gets. */
export async function load() {
  const response = await ask('/admin/pages.json');
  if (!response.ok) {
    throw new Problem(response.status, null);
  }
  model = await response.json();
  model.byName = new Map(model.resources.map(resource => [resource.name, resource]));
  for (const resource of model.resources) {
    resource.shown = resource.fields.filter(field => !field.schema.writeOnly);
    resource.byField = new Map(resource.fields.map(field => [field.name, field]));
  }
}

export const resources = () => model.resources;

export const resource = name => model.byName.get(name);

export const audit = () => ({ ...model.audit, target: resource(model.audit.resource) });

export const users = () => resource(model.users);

/** The reference that begins with a field. */
export const referenceOf = (resource, field) => resource.references.find(reference => reference.fields[0] === field.name);

/** The parts of a row's key, as they stand in paths. */
export const keyOf = (resource, row) => resource.key.map(name => textOf(row[name]));

/** A path of the API from a resource and parts of a key. */
export const apiPath = (resource, ...parts) => [resource.path, ...parts.map(encodeURIComponent)].join('/');

/** An address within the page, named behind the #: what to show, then of which resource and row. */
export function address(parts, query = {}) {
  const search = new URLSearchParams(query).toString();
  return '#/' + parts.map(encodeURIComponent).join('/') + (search ? `?${search}` : '');
}

export const listAddress = (resource, query = {}) => address(['list', resource.name], query);

/** Where a row is; null where nothing names it. */
export const rowAddress = (resource, row) => resource.key.length ? address(['row', resource.name, ...keyOf(resource, row)]) : null;

/** Where a reference leads from a row: to the other row, or to those found by another of its keys; null where it has none. */
export function targetAddress(reference, row) {
  const target = resource(reference.target);
  const values = reference.fields.map(name => row[name]);
  if (!target || values.some(value => value === null || value === undefined)) {
    return null;
  }
  const isKey = target.key.length === reference.targetFields.length && target.key.every(name => reference.targetFields.includes(name));
  const value = name => textOf(values[reference.targetFields.indexOf(name)]);
  return isKey
    ? address(['row', target.name, ...target.key.map(value)])
    : listAddress(target, Object.fromEntries(reference.targetFields.map(name => [name, value(name)])));
}

/** What people call a row: its name where it has one, else its key. */
export function labelOf(resource, row) {
  const label = resource.label && row[resource.label];
  return label ? textOf(label) : resource.key.length ? `${resource.singular} ${keyOf(resource, row).join(' / ')}` : resource.singular;
}

/** The query that answers referenced rows whole, to be called by their names. */
export function expansion(resource) {
  const names = resource.references.filter(reference => reference.expandable).map(reference => reference.name);
  return names.length ? { expand: names.join(',') } : {};
}
