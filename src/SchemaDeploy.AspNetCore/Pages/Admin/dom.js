// Elements are made of names, properties and children; text stays text, whatever it holds.

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * Makes an element. Properties whose name starts with "on" are listeners; false and null leave an attribute out, true
 * sets it without a value.
 */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) {
      node.addEventListener(key.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** A drawing of one path in a square of 16. */
export function icon(path) {
  const svg = document.createElementNS(svgNamespace, 'svg');
  for (const [key, value] of Object.entries({ viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': true })) {
    svg.setAttribute(key, value);
  }
  const line = document.createElementNS(svgNamespace, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

export const button = (text, onclick, properties = {}) => element('button', { type: 'button', onclick, ...properties }, text);

export const link = (text, href, properties = {}) => element('a', { href, ...properties }, text);

/** Tells those who do not see the page what has happened. */
export function announce(text) {
  document.getElementById('status').textContent = text;
}

/** Words with a capital in front. */
export const capital = words => words.charAt(0).toUpperCase() + words.slice(1);
