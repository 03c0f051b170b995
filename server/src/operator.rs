//! The merchant's command line: `server orders …`. What may be done is the core's to say, and how it is done safely the
//! payment line's; here are words, amounts and exit codes.
//!
//! | exit code | |
//! |---|---|
//! | 0 | done |
//! | 1 | it could not be tried: the books, Stripe or an argument failed |
//! | 2 | the command line was not understood |
//! | 3 | refused, or not done: nothing has changed |
//! | 4 | nobody knows yet; it goes on by itself, and can be asked for again by its `--operation` |
//! | 5 | the books and Stripe did not agree (`reconcile`) |

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use checkout::{Money, Operation, Order, OrderKey};
use clap::{Args, Subcommand};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use orders::{
    Calls, Difference, DifferenceKind, OperateError, Operated, Orders, Payments, Report, Wanted,
};
use serde_json::{Value, json};

const REFUSED: u8 = 3;
const UNFINISHED: u8 = 4;
const DIFFERENT: u8 = 5;

/// What can be done with orders.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists orders, newest first
    List {
        /// Only those: open, paying, action_needed, processing, authorised, paid, cancelled
        #[arg(long, value_name = "STATE")]
        payment: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
        limit: u32,
        /// Those before this place, which the list before ended with
        #[arg(long, value_name = "PLACE")]
        before: Option<i64>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Shows an order and all that happened to it
    Show {
        /// Which.
        #[command(flatten)]
        order: Chosen,
    },
    /// Takes the money that is held for an order
    Capture {
        /// Which.
        #[command(flatten)]
        order: Chosen,
        /// Under which name.
        #[command(flatten)]
        how: How,
        /// Take only so much (12.50), and release the rest
        #[arg(long)]
        amount: Option<String>,
    },
    /// Ends an order that is not paid, and releases what is held for it
    Cancel {
        /// Which.
        #[command(flatten)]
        order: Chosen,
        /// Under which name.
        #[command(flatten)]
        how: How,
    },
    /// Gives the money of an order back
    Refund {
        /// Which.
        #[command(flatten)]
        order: Chosen,
        /// Under which name.
        #[command(flatten)]
        how: How,
        /// Give only so much back (12.50)
        #[arg(long)]
        amount: Option<String>,
    },
    /// Holds a day of Stripe's payments against the orders, both ways, and applies what Stripe knows better
    Reconcile {
        /// 2026-11-19, by UTC
        #[arg(long, value_name = "DATE")]
        day: Date,
        /// One JSON object
        #[arg(long)]
        json: bool,
    },
}

/// An order on the command line.
#[derive(Debug, Args)]
pub struct Chosen {
    /// Its key, or its reference (3F7K-92QX)
    #[arg(value_name = "ORDER")]
    order: String,
    /// One JSON object
    #[arg(long)]
    json: bool,
}

/// How an operation is asked for.
#[derive(Debug, Args)]
pub struct How {
    /// Names the operation: the same name again is the same operation, and is never done twice
    #[arg(long, value_name = "ID")]
    operation: Option<String>,
}

/// Carries a command out and writes what came of it.
///
/// # Errors
/// It could not be tried.
pub async fn run(payments: &Payments, command: Command, out: &mut impl Write) -> Result<ExitCode> {
    match command {
        Command::List {
            payment,
            limit,
            before,
            json,
        } => {
            let wanted = Wanted {
                payment,
                from_ms: 0,
                until_ms: i64::MAX,
                before,
                limit,
            };
            list(payments, &wanted, json, out).await
        }
        Command::Show { order } => {
            let key = find(payments, &order.order).await?;
            show(payments, &key, order.json, out).await
        }
        Command::Capture { order, how, amount } => {
            let (key, found) = chosen(payments, &order).await?;
            let amount_minor = amount_of(amount, &found, found.total.amount_minor())?;
            let operation = Operation::Capture { amount_minor };
            operate(payments, &key, how, operation, order.json, out).await
        }
        Command::Cancel { order, how } => {
            let (key, _) = chosen(payments, &order).await?;
            operate(payments, &key, how, Operation::Cancel, order.json, out).await
        }
        Command::Refund { order, how, amount } => {
            let (key, found) = chosen(payments, &order).await?;
            // Under a name that was used before, all is what it was then.
            let all = match &how.operation {
                Some(name) => refunded_as(payments, name).await?,
                None => None,
            };
            let all = all.unwrap_or_else(|| found.refundable_minor());
            let operation = Operation::Refund {
                amount_minor: amount_of(amount, &found, all)?,
            };
            operate(payments, &key, how, operation, order.json, out).await
        }
        Command::Reconcile { day, json } => {
            let start = |day: Date| Ok::<_, jiff::Error>(day.to_zoned(TimeZone::UTC)?.timestamp());
            let (from, until) = (start(day)?, start(day.tomorrow()?)?);
            let report = payments
                .reconcile(from.as_second(), until.as_second())
                .await?;
            reconciled(&report, json, out)
        }
    }
}

async fn list(
    payments: &Payments,
    wanted: &Wanted,
    json: bool,
    out: &mut impl Write,
) -> Result<ExitCode> {
    let rows = payments.store().orders(wanted).await?;
    for row in &rows {
        if json {
            let line = json!({
                "order": row.key,
                "place": row.place,
                "created": time(row.created_ms),
                "total": row.total,
                "payment": row.payment,
                "quarantine": row.quarantine,
            });
            writeln!(out, "{line}")?;
        } else {
            let held = row.quarantine.as_ref().map_or("", |_| "  HELD");
            writeln!(
                out,
                "{:<8} {}  {}  {:>12}  {}{held}",
                row.place,
                time(row.created_ms),
                row.key.reference(),
                row.total.to_string(),
                row.payment
            )?;
        }
    }
    if let Some(last) = rows
        .last()
        .filter(|_| rows.len() == wanted.limit as usize && !json)
    {
        writeln!(out, "older ones: --before {}", last.place)?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn show(
    payments: &Payments,
    key: &OrderKey,
    json: bool,
    out: &mut impl Write,
) -> Result<ExitCode> {
    let order = read(payments, key).await?;
    let history = payments.store().history(key).await?;
    if json {
        let history: Vec<Value> = history
            .iter()
            .map(|line| json!({ "at": time(line.at_ms), "what": line.what, "kind": line.kind, "name": line.name, "detail": line.detail }))
            .collect();
        let mut shown = told(&order);
        shown["history"] = history.into();
        writeln!(out, "{shown}")?;
        return Ok(ExitCode::SUCCESS);
    }
    write_order(&order, out)?;
    writeln!(out, "history")?;
    for line in history {
        let detail = line.detail.as_deref().unwrap_or("open");
        writeln!(
            out,
            "  {}  {:<8} {}  {}  {detail}",
            time(line.at_ms),
            line.what,
            line.kind,
            line.name
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn operate(
    payments: &Payments,
    key: &OrderKey,
    how: How,
    operation: Operation,
    json: bool,
    out: &mut impl Write,
) -> Result<ExitCode> {
    let name = match how.operation {
        Some(name) => name,
        None => new_name()?,
    };
    let (word, code, order, reason) = match payments.operate(key, &name, operation).await {
        Ok(Operated::Done(order)) => ("done", 0, order, None),
        Ok(Operated::Failed { order, reason }) => ("failed", REFUSED, order, Some(reason)),
        Ok(Operated::Unfinished(order)) => {
            let reason = format!(
                "Stripe has not answered. The shop goes on asking; ask again with --operation {name}"
            );
            ("unfinished", UNFINISHED, order, Some(reason))
        }
        Err(OperateError::Payments(error)) => return Err(error.into()),
        Err(refused) => {
            let order = read(payments, key).await?;
            ("refused", REFUSED, order, Some(refused.to_string()))
        }
    };
    if json {
        let mut line = told(&order);
        line["operation"] = name.into();
        line["outcome"] = word.into();
        line["reason"] = reason.into();
        writeln!(out, "{line}")?;
    } else {
        let reason = reason
            .map(|reason| format!(": {reason}"))
            .unwrap_or_default();
        writeln!(out, "{word}{reason}")?;
        writeln!(out, "operation  {name}")?;
        write_order(&order, out)?;
    }
    Ok(ExitCode::from(code))
}

fn reconciled(report: &Report, json: bool, out: &mut impl Write) -> Result<ExitCode> {
    let words = |difference: &Difference| match &difference.kind {
        DifferenceKind::Moved { from, to } => format!("was {from:?}, is {to:?}: applied"),
        DifferenceKind::Refunds => "a refund was missing: written down".to_owned(),
        DifferenceKind::NoOrder => "carries this shop's id, and there is no such order".to_owned(),
        DifferenceKind::NoIntent => "Stripe does not know this intent".to_owned(),
        DifferenceKind::Quarantined(reason) => format!("held for you: {reason}"),
    };
    if json {
        let differences: Vec<Value> = report
            .differences
            .iter()
            .map(|it| json!({ "order": it.order, "intent": it.intent, "what": words(it) }))
            .collect();
        let line = json!({ "intents": report.intents, "orders": report.orders, "differences": differences });
        writeln!(out, "{line}")?;
    } else {
        for difference in &report.differences {
            let order = difference.order.as_ref().map(OrderKey::reference);
            let intent = difference.intent.as_ref().map(ToString::to_string);
            writeln!(
                out,
                "{}  {}  {}",
                order.as_deref().unwrap_or("-"),
                intent.as_deref().unwrap_or("-"),
                words(difference)
            )?;
        }
        writeln!(
            out,
            "{} intents at Stripe, {} orders here, {} differences",
            report.intents,
            report.orders,
            report.differences.len()
        )?;
    }
    let agrees = report.differences.is_empty();
    Ok(ExitCode::from(if agrees { 0 } else { DIFFERENT }))
}

/// What a program reads of an order.
fn told(order: &Order) -> Value {
    json!({
        "order": order.key,
        "reference": order.key.reference(),
        "payment": order.payment,
        "total": order.total,
        "captured_minor": order.captured_minor,
        "refundable_minor": order.refundable_minor(),
        "ending": order.ending,
        "intent": order.intent.as_ref().map(|intent| &intent.id),
        "refunds": order.ledger.refunds,
        "disputes": order.ledger.disputes,
        "quarantine": order.quarantine,
    })
}

fn write_order(order: &Order, out: &mut impl Write) -> Result<()> {
    let money = |minor: i64| {
        Money::new(minor, order.total.currency())
            .map_or_else(|_| minor.to_string(), |money| money.to_string())
    };
    writeln!(
        out,
        "order      {} ({})",
        order.key.reference(),
        order.key.as_str()
    )?;
    let ending = if order.ending {
        ", being cancelled"
    } else {
        ""
    };
    writeln!(out, "payment    {:?}{ending}", order.payment)?;
    writeln!(out, "total      {}", order.total)?;
    writeln!(out, "captured   {}", money(order.captured_minor))?;
    if let Some(intent) = &order.intent {
        writeln!(out, "intent     {}", intent.id)?;
    }
    for refund in &order.ledger.refunds {
        let status = String::from(refund.status.clone());
        writeln!(
            out,
            "refund     {} {} {status}",
            refund.id,
            money(refund.amount_minor)
        )?;
    }
    for dispute in &order.ledger.disputes {
        let status = String::from(dispute.status.clone());
        writeln!(
            out,
            "dispute    {} {} {status}: {}",
            dispute.id,
            money(dispute.amount_minor),
            dispute.reason
        )?;
    }
    if let Some(reason) = &order.quarantine {
        writeln!(out, "HELD       {reason}")?;
    }
    Ok(())
}

async fn chosen(payments: &Payments, chosen: &Chosen) -> Result<(OrderKey, Order)> {
    let key = find(payments, &chosen.order).await?;
    let order = read(payments, &key).await?;
    Ok((key, order))
}

/// An order by its key, or by its reference as people write it.
async fn find(payments: &Payments, text: &str) -> Result<OrderKey> {
    if let Ok(key) = OrderKey::parse(text) {
        return Ok(key);
    }
    let start = text.replace('-', "").to_lowercase();
    if start.len() < 8 || !start.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        bail!("{text} is neither an order's key nor its reference (3F7K-92QX)");
    }
    match payments.store().orders_beginning(&start).await?.as_slice() {
        [key] => Ok(key.clone()),
        [] => bail!("there is no order {text}"),
        _ => bail!("several orders begin so: give the whole key"),
    }
}

async fn read(payments: &Payments, key: &OrderKey) -> Result<Order> {
    let order = payments.store().order(key).await?;
    order.with_context(|| format!("there is no order {}", key.reference()))
}

fn amount_of(text: Option<String>, order: &Order, all: i64) -> Result<i64> {
    match text {
        None => Ok(all),
        Some(text) => Ok(Money::parse(&text, order.total.currency())
            .with_context(|| format!("--amount {text}"))?
            .amount_minor()),
    }
}

/// How much the refund of that name gives back, if there is one.
async fn refunded_as(payments: &Payments, name: &str) -> Result<Option<i64>> {
    let stored = payments.store().operation(name).await?;
    Ok(stored.and_then(|stored| stored.call.amount_minor()))
}

fn new_name() -> Result<String> {
    Ok(format!("op_{:016x}", getrandom::u64()?))
}

fn time(ms: i64) -> String {
    Timestamp::from_millisecond(ms).map_or_else(
        |_| ms.to_string(),
        |time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    )
}
