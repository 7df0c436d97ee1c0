// A question that is answered before something is done that nothing brings back.

import { element, button } from './dom.js';
import { Problem } from './api.js';

/** Asks, and does it where the answer is yes; a refusal of the API is shown where the question is. */
export function confirm(question, explanation, yes, act) {
  const refusal = element('p', { class: 'message bad', role: 'alert', hidden: true });
  const agree = button(yes, async () => {
    agree.disabled = true;
    try {
      await act();
      dialog.close();
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
      refusal.textContent = problem.status === 412 ? 'Somebody has changed it meanwhile. Look at it again first.' : problem.message;
      refusal.hidden = false;
      agree.disabled = false;
    }
  }, { class: 'danger solid' });
  const dialog = element('dialog', { 'aria-labelledby': 'question', onclose: () => dialog.remove() },
    element('h2', { id: 'question' }, question),
    element('p', { class: 'soft' }, explanation),
    refusal,
    element('div', { class: 'actions' }, button('Cancel', () => dialog.close(), { autofocus: true }), agree));
  document.body.append(dialog);
  dialog.showModal();
}
