// The Card Element, and the card in three Elements, with `confirmCardPayment`.
import { CardCvcElement, CardElement, CardExpiryElement, CardNumberElement, Elements, useElements, useStripe } from '@stripe/react-stripe-js';
import { type FormEvent, useState } from 'react';
import { given, show, stripePromise, wordsFor } from './page.tsx';

const isSplit = given('split') === 'yes';

function Checkout() {
  const stripe = useStripe();
  const elements = useElements();
  const [isReady, setReady] = useState(false);
  const [hint, setHint] = useState('');
  const [words, setWords] = useState('');

  const pay = async (event: FormEvent) => {
    event.preventDefault();
    const card = isSplit ? elements?.getElement(CardNumberElement) : elements?.getElement(CardElement);
    if (!stripe || !card) return;
    setWords('…');
    const { paymentIntent, error } = await stripe.confirmCardPayment(given('secret'), {
      payment_method: { card, billing_details: { name: 'Ada Lovelace' } },
    });
    setWords(wordsFor({ intent: paymentIntent, error }));
  };

  return (
    <form onSubmit={pay}>
      {isSplit ? (
        <>
          <CardNumberElement id="number" options={{ showIcon: true }} onReady={() => setReady(true)} />
          <CardExpiryElement id="expiry" />
          <CardCvcElement id="cvc" />
        </>
      ) : (
        <CardElement
          id="card-element"
          options={{ style: { base: { fontSize: '18px' } } }}
          onReady={() => setReady(true)}
          onChange={({ error, brand }) => setHint(error?.message ?? brand)}
        />
      )}
      <button disabled={!isReady}>Pay</button>
      <p>{hint}</p>
      <p role="status">{words}</p>
    </form>
  );
}

show(
  <Elements stripe={stripePromise}>
    <Checkout />
  </Elements>,
);
