// The methods that a customer has saved: choosing one, correcting a card, removing one, and a card's security code asked for
// again.

import { h } from '../shared/dom.js';
import { cvcOf } from '../shared/card-kinds.js';
import { createField } from '../shared/field.js';
import { currentLocale, text } from '../shared/texts.js';
import { createForm } from './form.js';
import { createCardEditor } from './saved-card.js';

/**
 * A form as methods.js describes it. `update(method, changes)` resolves to `{body}`, the method as it is now, or `{error}`;
 * `remove(method)` to `{error}` or `{body}`; `onEmpty()` is called when none is left.
 */
export function createSaved({ onChange, update, remove, onEmpty }) {
  let drawn = '';
  let methods = [];
  let chosen;
  const removed = new Set();
  /** As they are since the shopper corrected them. */
  const corrected = new Map();
  let recollects = false;
  let canRemove = false;
  let readOnly = false;
  const list = h('div', { class: 'p-SavedList', role: 'radiogroup', label: 'savedPaymentMethods' });
  const cvc = createField({
    id: 'payment-savedCvcInput', name: 'cvc', label: 'securityCode', placeholder: 'cvcPlaceholder', autocomplete: 'cc-csc',
    inputMode: 'numeric', kind: cvcOf(numberLike), onInput: (field, { left = false } = {}) => left || onChange(),
  });
  const failure = h('p', { class: 'Error', role: 'alert' });
  const node = h('form', { class: 'p-Saved', novalidate: true, label: 'savedPaymentMethods' }, list, failure, cvc.node);

  /** The brand of a saved card says how long its code is. */
  function numberLike() {
    return { amex: '37' }[chosen?.card?.brand] ?? '4';
  }

  function choose(method) {
    chosen = method;
    cvc.value = '';
    failure.textContent = '';
    draw();
    onChange();
  }

  function draw() {
    list.replaceChildren(...methods.map(createRow));
    cvc.node.hidden = !recollects || chosen?.type !== 'card';
  }

  function createRow(method) {
    const id = `payment-saved-${method.id}`;
    const radio = h('input', {
      type: 'radio', class: 'p-SavedRadio', name: 'savedMethod', id, value: method.id, disabled: readOnly,
    });
    radio.checked = method === chosen;
    radio.addEventListener('change', () => (choose(method), list.querySelector('input:checked')?.focus()));
    const name = describe(method);
    const [holder, date] = name.split(/ (?=· )/);
    const until = date && h('span', { class: 'p-SavedDate' }, date);
    const row = h('div', { class: 'p-SavedItem PickerItem' }, radio, h('label', { for: id }, `${holder} `, until));
    row.classList.toggle('PickerItem--selected', method === chosen);
    if (readOnly) return row;
    if (method.type === 'card') {
      const label = text('editNamed', { method: name });
      const button = createLink('p-SavedEdit', 'edit', label);
      button.addEventListener('click', () => edit(method, row, label));
      row.append(button);
    }
    if (canRemove) {
      const label = text('removeNamed', { method: name });
      const button = createLink('p-SavedRemove', 'remove', label);
      button.addEventListener('click', () => askWhether(method, row));
      row.append(button);
    }
    return row;
  }

  /** One at a time: the others are drawn as they are. */
  function edit(method, row, label) {
    if (list.querySelector('.p-SavedEditor')) {
      draw();
      row = list.children[methods.indexOf(method)];
    }
    const focusRow = () => list.children[methods.findIndex(({ id }) => id === method.id)]?.querySelector('.p-SavedEdit')?.focus();
    const leave = () => (draw(), focusRow());
    const editor = createCardEditor(method, {
      label,
      leave,
      async save(changes) {
        const { body, error } = await update(method, changes);
        if (error) return error;
        corrected.set(method.id, body);
        methods = methods.map((one) => (one.id === method.id ? body : one));
        if (chosen?.id === method.id) chosen = body;
        leave();
        onChange();
      },
    });
    row.querySelectorAll('.Link').forEach((link) => link.remove());
    row.append(editor.node);
    editor.focus();
  }

  function askWhether(method, row) {
    const yes = createLink('p-SavedRemove', 'remove');
    const no = createLink('p-SavedKeep', 'keep');
    const label = text('removeNamed', { method: describe(method) });
    const question = h('div', { class: 'p-SavedQuestion', role: 'group', 'aria-label': label });
    question.append(h('span', {}, text('removeQuestion')), yes, no);
    row.querySelector('.p-SavedEdit')?.remove();
    row.querySelector('.p-SavedRemove')?.replaceWith(question);
    no.focus();
    no.addEventListener('click', () => (draw(), list.querySelector('input:checked')?.focus()));
    yes.addEventListener('click', async () => {
      yes.disabled = no.disabled = true;
      const { error } = await remove(method);
      if (error) {
        draw();
        failure.textContent = error.message;
        return;
      }
      removed.add(method.id);
      methods = methods.filter((one) => one !== method);
      if (methods.length === 0) return onEmpty();
      choose(chosen === method ? methods[0] : chosen);
      list.querySelector('input:checked')?.focus();
    });
  }

  return createForm({
    type: 'saved', node, fields: [cvc], onChange,
    own: {
      get count() {
        return methods.length;
      },

      configure({ choices, options }) {
        const customer = choices?.customer;
        const known = (customer?.methods ?? []).filter(({ id }) => !removed.has(id));
        methods = known.map((method) => corrected.get(method.id) ?? method);
        chosen = methods.find(({ id }) => id === chosen?.id) ?? methods[0];
        recollects = choices?.recollectsCvc === true;
        canRemove = customer?.features.payment_method_remove === 'enabled';
        readOnly = options.readOnly === true;
        // Drawn anew, a row would lose the focus.
        const present = JSON.stringify([methods, recollects, canRemove, readOnly, currentLocale()]);
        if (present !== drawn) draw();
        drawn = present;
      },

      get chosen() {
        return chosen;
      },

      get empty() {
        return methods.length === 0;
      },

      /** A code that was asked for again goes ahead, as a token. */
      async method(caller, secret) {
        const method = { saved: chosen.id, type: chosen.type, secret };
        if (cvc.node.hidden) return method;
        const { body, error } = await callApi(caller, { path: '/v1/tokens', form: { cvc_update: { cvc: cvc.value } } });
        return error ? { error } : { ...method, more: { payment_method_options: { card: { cvc_token: body.id } } } };
      },

      refuse(error) {
        if (error.code === 'incorrect_cvc' && !cvc.node.hidden) cvc.refuse(error);
        else failure.textContent = error.message;
      },

      forgive: () => (failure.textContent = ''),

      clear: () => (cvc.value = ''),

      focus: () => (cvc.problem ? cvc : list.querySelector('input:checked'))?.focus(),
    },
  });
}

function createLink(name, key, label) {
  return h('button', { class: `${name} Link`, type: 'button', 'aria-label': label }, text(key));
}

function describe({ type, card, us_bank_account: us, sepa_debit: sepa }) {
  if (type === 'card') {
    const { brand, last4, exp_month: month, exp_year: year } = card;
    return `${brand[0].toUpperCase()}${brand.slice(1)} •••• ${last4} · ${String(month).padStart(2, '0')}/${String(year).slice(2)}`;
  }
  const last4 = (us ?? sepa)?.last4;
  const names = { us_bank_account: 'usBankAccount', sepa_debit: 'sepaDebit' };
  const words = type.replace(/_/g, ' ').replace(/\b\w/g, (letter) => letter.toUpperCase());
  const name = names[type] ? text(names[type]) : words;
  return last4 ? `${name} •••• ${last4}` : name;
}
