// Details first, intent last: the server confirms a ConfirmationToken. The amount can change while the shopper types.
import { AddressElement, Elements, LinkAuthenticationElement, PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import type { PaymentIntent } from '@stripe/stripe-js';
import { type FormEvent, useState } from 'react';
import { ask, RETURN_URL, show, stripePromise, wordsFor } from './page.tsx';

type Asked = Pick<PaymentIntent, 'status' | 'client_secret'>;

function Checkout({ amount }: { amount: number }) {
  const stripe = useStripe();
  const elements = useElements();
  const [isReady, setReady] = useState(false);
  const [isComplete, setComplete] = useState(false);
  const [words, setWords] = useState('');

  const pay = async (event: FormEvent) => {
    event.preventDefault();
    if (!stripe || !elements) return;
    setWords('…');
    const submitted = await elements.submit();
    if (submitted.error) return setWords(wordsFor(submitted));
    const { confirmationToken, error } = await stripe.createConfirmationToken({ elements, params: { return_url: RETURN_URL } });
    if (error) return setWords(wordsFor({ error }));
    const answer = await ask<{ intent?: Asked; declined?: string }>('pay', { token: confirmationToken.id, amount });
    if (!answer.intent) return setWords(answer.declined ?? 'nothing');
    if (answer.intent.status !== 'requires_action') return setWords(answer.intent.status);
    const { paymentIntent, error: failed } = await stripe.handleNextAction({ clientSecret: answer.intent.client_secret ?? '' });
    setWords(wordsFor({ intent: paymentIntent, error: failed }));
  };

  return (
    <form onSubmit={pay}>
      <LinkAuthenticationElement options={{ defaultValues: { email: 'ada@shop.example' } }} />
      <AddressElement options={{ mode: 'shipping', defaultValues: { name: 'Ada Lovelace', address: { line1: '1 Orchard Street', city: 'London', postal_code: 'W1H 6HN', country: 'GB' } } }} />
      <PaymentElement id="payment-element" onReady={() => setReady(true)} onChange={(event) => setComplete(event.complete)} />
      <button disabled={!isReady}>Pay {amount}</button>
      <p role="status">{words}</p>
      <p>{isComplete ? 'complete' : 'incomplete'}</p>
    </form>
  );
}

function Shop() {
  const [amount, setAmount] = useState(1999);
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <button onClick={() => setAmount(amount + 500)}>Add tea</button>
      <button onClick={() => setOpen(!isOpen)}>{isOpen ? 'Close' : 'Open'}</button>
      {isOpen && (
        <Elements stripe={stripePromise} options={{ mode: 'payment', amount, currency: 'usd' }}>
          <Checkout amount={amount} />
        </Elements>
      )}
    </>
  );
}

show(<Shop />);
