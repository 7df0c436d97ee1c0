// Signing in.

import { element } from './dom.js';
import * as session from './session.js';

/** The form; calls back when somebody has signed in. */
export function loginView(title, message, done) {
  const refusal = element('p', { class: 'message bad', role: 'alert', id: 'refusal', hidden: !message }, message);
  const email = element('input', { type: 'email', name: 'email', autocomplete: 'username', required: true, 'aria-describedby': 'refusal' });
  const password = element('input', { type: 'password', name: 'password', autocomplete: 'current-password', required: true, 'aria-describedby': 'refusal' });
  const submit = element('button', { class: 'primary' }, 'Log in');
  const onsubmit = async event => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const response = await session.signIn(email.value, password.value);
      if (response === null) {
        await done();
        return;
      }
      const problem = await response.json().catch(() => ({}));
      refuse(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
    } catch {
      refuse('The server cannot be reached.');
    }
    submit.disabled = false;
  };
  const refuse = text => {
    refusal.textContent = text;
    refusal.hidden = false;
    password.select();
  };
  return element('main', { id: 'main', class: 'login' },
    element('form', { onsubmit },
      element('h1', {}, title),
      element('p', { class: 'soft' }, 'For administrators.'),
      refusal,
      element('label', {}, 'E-mail', email),
      element('label', {}, 'Password', password),
      submit));
}
