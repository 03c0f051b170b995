// Refunds, disputes and warnings.
import { PAYMENT, test } from './test.ts';

test('money that goes back', async ({ stripe, sandbox }) => {
  const paid = async (payment_method: string) => {
    const { id } = await stripe.paymentIntents.create({ ...PAYMENT, payment_method });
    return id;
  };
  for (const card of ['pm_card_visa', 'pm_card_pendingRefund', 'pm_card_refundFail', 'pm_card_pendingRefund']) {
    await stripe.refunds.create({ payment_intent: await paid(card), amount: 500, metadata: { order: '7' } });
    await sandbox.advance(card === 'pm_card_refundFail' ? 60 : 0);
  }
  for (const reason of ['duplicate', 'fraudulent', 'requested_by_customer'] as const) {
    await stripe.refunds.create({ payment_intent: await paid('pm_card_visa'), reason });
  }
  for (const evidence of ['winning_evidence', 'losing_evidence', 'something else']) {
    await paid('pm_card_createDispute');
    await sandbox.advance(60);
    const [dispute] = (await stripe.disputes.list()).data;
    await stripe.disputes.update(dispute?.id as string, { evidence: { uncategorized_text: evidence } });
    await stripe.disputes.update(dispute?.id as string, { submit: true });
    await sandbox.advance(60);
  }
  for (const card of ['createDisputeProductNotReceived', 'createDisputeInquiry', 'createIssuerFraudRecord']) {
    await paid(`pm_card_${card}`);
  }
  await sandbox.advance(60);
});
