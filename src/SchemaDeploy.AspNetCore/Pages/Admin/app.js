// The page: who is signed in, what is shown, and the frame around it. What is shown is named in the address behind the #.

import { element, button, link, capital } from './dom.js';
import * as session from './session.js';
import * as model from './model.js';
import { Problem } from './api.js';
import { loginView } from './login.js';
import { listView } from './list.js';
import { rowView } from './row.js';
import { formView } from './form.js';

const root = document.getElementById('app');
const title = root.dataset.title;
const main = element('main', { id: 'main', tabindex: -1 });
const navigation = element('ul', {});

// Of two views that are asked for shortly one after the other, the second is shown, whichever comes first.
let shown = 0;

addEventListener('hashchange', show);
addEventListener('unhandledrejection', event => {
  event.preventDefault();
  fail(event.reason);
});
await begin();

async function begin(message = '') {
  if (!session.isKnown()) {
    login(message);
    return;
  }
  try {
    const [, user] = await Promise.all([model.load(), session.me()]);
    frame(user);
    await show();
  } catch (problem) {
    await fail(problem);
  }
}

function login(message) {
  document.title = `${title} admin`;
  const view = loginView(title, message, begin);
  root.replaceChildren(view);
  view.querySelector('input').focus();
}

function frame(user) {
  const find = element('input', { type: 'search', placeholder: 'Find a resource', 'aria-label': 'Find a resource', autocomplete: 'off', oninput: () => fill(find.value) });
  fill('');
  root.replaceChildren(
    element('aside', {},
      element('header', {}, link(title, '#/', { class: 'title' }), element('span', { class: 'soft' }, 'admin')),
      find,
      element('nav', { 'aria-label': 'Resources' }, navigation),
      element('footer', {}, element('span', { class: 'soft' }, user.email), button('Log out', logOut))),
    main);
}

function fill(text) {
  const part = text.trim().toLowerCase();
  navigation.replaceChildren(...model.resources()
    .filter(resource => resource.plural.toLowerCase().includes(part))
    .map(resource => element('li', {}, link(capital(resource.plural), model.listAddress(resource), { 'data-resource': resource.name }))));
  mark();
}

function mark() {
  const [, name] = parts();
  for (const anchor of navigation.querySelectorAll('a')) {
    if (anchor.dataset.resource === name) {
      anchor.setAttribute('aria-current', 'page');
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
}

async function logOut() {
  await session.signOut();
  history.replaceState(null, '', location.pathname);
  login('');
}

function parts() {
  return location.hash.replace(/^#\/?/, '').split('?')[0].split('/').filter(part => part !== '').map(decodeURIComponent);
}

async function show() {
  if (!main.isConnected) {
    return;
  }
  const turn = ++shown;
  mark();
  main.setAttribute('aria-busy', 'true');
  try {
    const view = await viewOf(parts(), new URLSearchParams(location.hash.split('?').slice(1).join('?')));
    if (turn === shown) {
      main.replaceChildren(view);
      document.title = `${view.querySelector('h1')?.textContent ?? title} · ${title} admin`;
      scrollTo(0, 0);
      main.focus({ preventScroll: true });
    }
  } catch (problem) {
    if (turn === shown) {
      await fail(problem);
    }
  } finally {
    main.removeAttribute('aria-busy');
  }
}

/** The view of an address: list/books, new/books, row/books/1, edit/books/1, of/books/1/chapters. */
async function viewOf([verb, name, ...rest], query) {
  if (verb === undefined) {
    return overview();
  }
  const resource = model.resource(name);
  const depth = resource?.key.length;
  const [key, behind] = [rest.slice(0, depth), rest.slice(depth)];
  const isRow = depth > 0 && key.length === depth && behind.length === 0;
  if (verb === 'list' && resource && rest.length === 0) {
    return listView(resource, query, { path: resource.path, parts: ['list', name] });
  }
  if (verb === 'row' && isRow) {
    return rowView(resource, key);
  }
  if (verb === 'new' && resource?.create && rest.length === 0) {
    return formView(resource, null, query);
  }
  if (verb === 'edit' && isRow && resource.update) {
    return formView(resource, key, query);
  }
  const collection = verb === 'of' && resource?.collections.find(candidate => candidate.route === behind[0]);
  return collection ? nested(resource, key, collection, query) : notFound();
}

function nested(resource, key, collection, query) {
  const source = model.resource(collection.source);
  return listView(source, query, {
    path: `${model.apiPath(resource, ...key)}/${collection.route}`,
    parts: ['of', resource.name, ...key, collection.route],
    of: { text: `${capital(resource.singular)} ${key.join(' / ')}`, address: model.address(['row', resource.name, ...key]) },
  });
}

function overview() {
  return element('section', { class: 'overview' },
    element('header', { class: 'heading' }, element('h1', {}, title)),
    element('ul', { class: 'cards' }, model.resources().map(resource => element('li', {},
      link([element('strong', {}, capital(resource.plural)), element('span', {}, resource.comment ?? `${resource.shown.length} fields`)], model.listAddress(resource))))),
    model.resources().length === 0 && element('p', { class: 'empty' }, 'This application has no REST API, by which this page asks for rows.'));
}

function notFound() {
  return element('section', {}, element('h1', {}, 'Nothing is here'), element('p', {}, 'The address names nothing that there is.'));
}

async function fail(problem) {
  if (problem instanceof session.SessionEnded) {
    login(problem.message);
  } else if (problem instanceof Problem && problem.status === 403 && !main.isConnected) {
    await session.signOut();
    login('This page is for administrators, and this account is none.');
  } else if (problem instanceof Problem) {
    main.replaceChildren(element('section', {}, element('h1', {}, problem.status === 404 ? 'Nothing is here' : 'This did not work'), element('p', { role: 'alert' }, problem.message)));
    if (!main.isConnected) {
      root.replaceChildren(main);
    }
  } else {
    console.error(problem);
    root.replaceChildren(element('main', { id: 'main', class: 'login' }, element('p', { role: 'alert' }, 'The server cannot be reached. '), button('Try again', () => location.reload())));
  }
}
