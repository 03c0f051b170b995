// The frame of the Payment Method Messaging Element: one sentence, and more of it on demand.

import { h } from '../shared/dom.js';
import { openFrame } from '../shared/frame.js';
import { money } from '../shared/money.js';
import { text } from '../shared/texts.js';
import { NAMES, plansFor } from './plans.js';

const message = h('p', { class: 'p-Message' });
const learnMore = h('button', { class: 'p-LearnMore', type: 'button', text: 'learnMore', 'aria-expanded': 'false' });
const details = h('ul', { class: 'p-Plans', hidden: true });
document.body.append(message, details);

learnMore.addEventListener('click', () => {
  details.hidden = !details.hidden;
  learnMore.setAttribute('aria-expanded', String(!details.hidden));
});

openFrame({
  apply({ options }) {
    const plans = plansFor(options);
    const words = ({ type, count, part, isMonthly }) =>
      text(isMonthly ? 'monthlyPlan' : 'partsPlan', { count, amount: money(part, options.currency), name: NAMES[type] });
    message.hidden = plans.length === 0;
    details.hidden ||= plans.length === 0;
    if (plans.length === 0) return;
    message.replaceChildren(words(plans[0]), ' ', learnMore);
    details.replaceChildren(...plans.map((plan) => h('li', {}, words(plan))));
  },
});
