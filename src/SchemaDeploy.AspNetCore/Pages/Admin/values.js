// Values of fields: as text to read, as text to edit, and back. What a field is, its JSON Schema says.

/** The kind of a field, in one word. */
export function kindOf(field) {
  const { schema } = field;
  const type = Array.isArray(schema.type) ? schema.type.find(name => name !== 'null') : schema.type;
  if (schema.enum) {
    return 'choice';
  }
  if (schema.contentEncoding === 'base64') {
    return 'bytes';
  }
  if (type === undefined || type === 'array') {
    return 'json';
  }
  return type === 'string' ? { date: 'date', 'date-time': 'moment', 'date-time-local': 'clock', email: 'email' }[schema.format] ?? 'text' : type;
}

export const isNullable = field => field.schema.type === undefined || Array.isArray(field.schema.type) && field.schema.type.includes('null');

export const isNumber = field => ['integer', 'number'].includes(kindOf(field));

/** Whether text runs over several lines. */
export const isLong = field => kindOf(field) === 'json' || kindOf(field) === 'text' && !field.schema.format && !(field.schema.maxLength <= 300);

/** Reads JSON and keeps the digits of its numbers, of which JavaScript's have room for 53 bits. */
export function parseJson(text) {
  return JSON.parse(text, (key, value, context) => typeof value === 'number' && JSON.rawJSON && context ? JSON.rawJSON(context.source) : value);
}

/** A value as text, with the digits that the server wrote. */
export function textOf(value) {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'object') {
    return JSON.isRawJSON?.(value) ? value.rawJSON : JSON.stringify(value, null, 2);
  }
  return String(value);
}

/** A value as text to edit. */
export const editable = (field, value) => kindOf(field) === 'json' && value !== null && value !== undefined ? JSON.stringify(value, null, 2) : textOf(value);

/** A value as a person reads it. */
export function display(field, value) {
  if (kindOf(field) === 'moment' && typeof value === 'string') {
    return value.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
  }
  if (kindOf(field) === 'clock' && typeof value === 'string') {
    return value.replace('T', ' ');
  }
  if (kindOf(field) === 'bytes' && typeof value === 'string') {
    return `${Math.floor(value.length * 3 / 4) - (value.match(/=+$/)?.[0].length ?? 0)} bytes`;
  }
  return kindOf(field) === 'json' ? JSON.stringify(value) : textOf(value);
}

/** The value that text stands for; undefined where it is none. Empty text is null where the field may be, else empty. */
export function parse(field, text) {
  const kind = kindOf(field);
  if (text === '' && (isNullable(field) || kind !== 'text')) {
    return null;
  }
  switch (kind) {
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? number(text) : undefined;
    case 'boolean':
      return text === 'true';
    case 'json':
      try {
        return parseJson(text);
      } catch {
        return undefined;
      }
    default:
      return text;
  }
}

// JSON has no leading zeros.
function number(text) {
  const plain = text.replace(/^(-?)0+(?=\d)/, '$1');
  return JSON.rawJSON ? JSON.rawJSON(plain) : Number(plain);
}
