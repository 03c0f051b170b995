// A Checkout Session with elements: the server decides what is sold, the page shows what it comes to, and confirms it.
import {
  CheckoutElementsProvider, ContactDetailsElement, CurrencySelectorElement, PaymentElement, ShippingAddressElement, useCheckoutElements,
} from '@stripe/react-stripe-js/checkout';
import { type FormEvent, useState } from 'react';
import { ask, show, stripePromise } from './page.tsx';

const clientSecret = ask<string>('session');

function Checkout() {
  const state = useCheckoutElements();
  const [words, setWords] = useState('');
  if (state.type === 'loading') return <p>Loading</p>;
  if (state.type === 'error') return <p role="status">{state.error.message}</p>;
  const { checkout } = state;
  const [line] = checkout.lineItems;

  const pay = async (event: FormEvent) => {
    event.preventDefault();
    setWords('…');
    // Only an error comes back: everything else leads to the return page.
    const result = await checkout.confirm();
    setWords(result.type === 'error' ? `${result.error.code}: ${result.error.message}` : 'confirmed');
  };

  return (
    <form onSubmit={pay}>
      <p>{line?.quantity} × {line?.name}</p>
      <button type="button" onClick={() => line && checkout.updateLineItemQuantity({ lineItem: line.id, quantity: line.quantity + 1 })}>
        Add tea
      </button>
      <button type="button" onClick={() => checkout.changeAppearance({ theme: 'night' })}>Dark</button>
      <CurrencySelectorElement />
      <ContactDetailsElement />
      <ShippingAddressElement />
      <PaymentElement id="payment-element" />
      <button disabled={!checkout.canConfirm}>Pay {checkout.total.total.amount}</button>
      <p role="status">{words}</p>
    </form>
  );
}

show(
  <CheckoutElementsProvider stripe={stripePromise} options={{ clientSecret }}>
    <Checkout />
  </CheckoutElementsProvider>,
);
