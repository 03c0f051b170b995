// The saved addresses a page offers: the shopper picks one, or writes a new one.

import { h } from '../shared/dom.js';

/** `onChoose(contact)` is told which; undefined is a new address. `show(contacts)` offers them, with the first chosen. */
export function createContacts({ onChoose }) {
  const node = h('fieldset', { class: 'p-Contacts', hidden: true });
  let offered = '';

  function choice(contact, isChosen) {
    const radio = h('input', { type: 'radio', name: 'contact', checked: isChosen });
    radio.addEventListener('change', () => onChoose(contact));
    const name = h('span', contact ? {} : { text: 'newAddress' }, contact?.name);
    const words = h('span', {}, name, contact && h('span', { class: 'p-ContactAddress' }, inOneLine(contact.address)));
    return h('label', { class: 'p-Contact' }, radio, words);
  }

  return {
    node,
    show(contacts = []) {
      if (JSON.stringify(contacts) === offered) return;
      offered = JSON.stringify(contacts);
      node.hidden = contacts.length === 0;
      const choices = [...contacts, undefined].map((contact, at) => choice(contact, at === 0));
      node.replaceChildren(h('legend', { class: 'Label', text: 'savedAddresses' }), ...choices);
      onChoose(contacts[0]);
    },
  };
}

function inOneLine({ line1, line2, city, state, postal_code: postalCode, country }) {
  return [line1, line2, city, [state, postalCode].filter(Boolean).join(' '), country].filter(Boolean).join(', ');
}
