// The intent first: the page is given its client secret, and confirms it. With a customer session: saved methods.
import { Elements, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import { type FormEvent, useState } from 'react';
import { given, RETURN_URL, show, stripePromise, wordsFor } from './page.tsx';

function Checkout() {
  const stripe = useStripe();
  const elements = useElements();
  const [isReady, setReady] = useState(false);
  const [words, setWords] = useState('');

  const pay = async (event: FormEvent) => {
    event.preventDefault();
    if (!stripe || !elements) return;
    setWords('…');
    // Only an error comes back: everything else leads to the return page.
    const { error } = await stripe.confirmPayment({ elements, confirmParams: { return_url: RETURN_URL } });
    setWords(wordsFor({ error }));
  };

  return (
    <form onSubmit={pay}>
      <PaymentElement id="payment-element" options={{ layout: 'tabs' }} onReady={() => setReady(true)} />
      <button disabled={!isReady}>Pay</button>
      <p role="status">{words}</p>
    </form>
  );
}

const customer = given('customer');
show(
  <Elements stripe={stripePromise} options={{ clientSecret: given('secret'), ...(customer && { customerSessionClientSecret: customer }) }}>
    <Checkout />
  </Elements>,
);
