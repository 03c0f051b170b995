// A wallet's button: the shop ships, prices what it ships, and confirms on the server.
import { Elements, ExpressCheckoutElement, useElements, useStripe } from '@stripe/react-stripe-js';
import type { PaymentIntent } from '@stripe/stripe-js';
import { useState } from 'react';
import { ask, RETURN_URL, show, stripePromise, wordsFor } from './page.tsx';

const TEA = 1999;
const RATES = [
  { id: 'standard', amount: 500, displayName: 'Standard' },
  { id: 'express', amount: 1500, displayName: 'Express' },
];

function Checkout() {
  const stripe = useStripe();
  const elements = useElements();
  const [wallets, setWallets] = useState('');
  const [words, setWords] = useState('');
  const [amount, setAmount] = useState(TEA);

  const ship = (cost: number) => {
    setAmount(TEA + cost);
    elements?.update({ amount: TEA + cost });
    return { lineItems: [{ name: 'Tea', amount: TEA }, { name: 'Shipping', amount: cost }] };
  };

  return (
    <>
      <ExpressCheckoutElement
        id="express-checkout-element"
        options={{ emailRequired: true, paymentMethods: { amazonPay: 'never', klarna: 'never', paypal: 'never' } }}
        onReady={({ availablePaymentMethods = {} }) => {
          setWallets(Object.entries(availablePaymentMethods).filter(([, is]) => is).map(([name]) => name).join(' '));
        }}
        onClick={({ resolve }) => resolve({ shippingAddressRequired: true, allowedShippingCountries: ['US', 'GB'], shippingRates: RATES })}
        onShippingAddressChange={({ resolve }) => resolve(ship(500))}
        onShippingRateChange={({ shippingRate, resolve }) => resolve(ship(shippingRate.amount))}
        onCancel={() => setWords('cancelled')}
        onConfirm={async (event) => {
          if (!stripe || !elements) return;
          const submitted = await elements.submit();
          if (submitted.error) return setWords(wordsFor(submitted));
          const { confirmationToken, error } = await stripe.createConfirmationToken({ elements, params: { return_url: RETURN_URL } });
          if (error) return setWords(wordsFor({ error }));
          const { intent, declined } = await ask<{ intent?: PaymentIntent; declined?: string }>('pay', { token: confirmationToken.id, amount });
          if (declined !== undefined) event.paymentFailed({ reason: 'fail' });
          setWords(`${event.expressPaymentType} ${intent?.status ?? declined ?? ''}`);
        }}
      />
      <p>{wallets}</p>
      <p role="status">{words}</p>
    </>
  );
}

show(
  <Elements stripe={stripePromise} options={{ mode: 'payment', amount: TEA, currency: 'usd' }}>
    <Checkout />
  </Elements>,
);
