// Signing in: by password, and by a token of the identity provider where the application takes those.

import { element } from './dom.js';
import * as session from './session.js';

/** The forms; calls back when somebody has signed in. */
export function loginView(title, message, done) {
  const refusal = element('p', { class: 'message bad', role: 'alert', id: 'refusal', hidden: !message }, message);
  const refuse = text => {
    refusal.textContent = text;
    refusal.hidden = false;
  };
  return element('main', { id: 'main', class: 'login' },
    element('header', {},
      element('h1', {}, title),
      element('p', { class: 'soft' }, 'For administrators.'),
      refusal),
    passwordForm(refuse, done),
    session.provider !== '' && tokenForm(refuse, done));
}

function passwordForm(refuse, done) {
  const email = input({ type: 'email', name: 'email', autocomplete: 'username' });
  const password = input({ type: 'password', name: 'password', autocomplete: 'current-password' });
  return form('Log in', () => session.signIn(email.value, password.value), refuse, done, password,
    element('label', {}, 'E-mail', email),
    element('label', {}, 'Password', password));
}

function tokenForm(refuse, done) {
  const token = input({ name: 'token', autocomplete: 'off', spellcheck: 'false' });
  return form('Use the token', () => session.signInBy(token.value.trim()), refuse, done, token,
    element('p', {}, 'Or with an access token that ', element('strong', {}, session.provider), ' has issued to you for this application.'),
    element('label', {}, 'Access token', token),
    element('p', { class: 'soft' }, 'It is held in memory alone. Loading the page again asks for it again.'));
}

const input = properties => element('input', { required: true, 'aria-describedby': 'refusal', ...properties });

/** A form whose sending answers with the response that refuses it, or null. */
function form(text, send, refuse, done, secret, ...fields) {
  const submit = element('button', { class: 'primary' }, text);
  const refuseSecret = reason => {
    refuse(reason);
    secret.select();
  };
  const onsubmit = async event => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const response = await send();
      if (response === null) {
        await done();
        return;
      }
      const problem = await response.json().catch(() => ({}));
      refuseSecret(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
    } catch {
      refuseSecret('The server cannot be reached.');
    }
    submit.disabled = false;
  };
  return element('form', { onsubmit }, fields, submit);
}
