//! Search (docs.stripe.com/search): clauses over an object's fields, newest first. Eventually consistent, if so assumed.

use super::call::Call;
use super::error::{Error, Result};
use super::params::Params;
use super::table::{Row, Rows};
use crate::stripe::json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equals,
    Contains,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

#[derive(Debug, PartialEq)]
struct Clause {
    negated: bool,
    /// `metadata`, `order`: the way to the field.
    place: Vec<String>,
    operator: Operator,
    value: Value,
}

/// Clauses, all of which must hold, or any.
#[derive(Debug, PartialEq)]
struct Query {
    clauses: Vec<Clause>,
    any: bool,
}

impl Query {
    /// `metadata['order']:'7' AND amount>1000`; `fields` are those that may be asked for.
    fn parse(text: &str, fields: &[&str]) -> Option<Query> {
        let mut rest = text.trim_start();
        let mut clauses = Vec::new();
        let mut joins = Vec::new();
        loop {
            let (clause, after) = Clause::parse(rest, fields)?;
            clauses.push(clause);
            let after_space = after.trim_start();
            if after_space.is_empty() {
                break;
            }
            let (join, next) = after_space.split_once(char::is_whitespace)?;
            match join {
                "AND" | "OR" if after_space.len() < after.len() => joins.push(join == "OR"),
                _ => return None,
            }
            rest = next.trim_start();
        }
        // The two cannot be mixed: there are no brackets to say what comes first.
        let any = joins.first().copied().unwrap_or(false);
        joins
            .iter()
            .all(|join| *join == any)
            .then_some(Query { clauses, any })
    }

    fn matches(&self, object: &Value) -> bool {
        let mut held = self.clauses.iter().map(|clause| clause.holds(object));
        if self.any {
            held.any(|holds| holds)
        } else {
            held.all(|holds| holds)
        }
    }
}

impl Clause {
    fn parse<'a>(text: &'a str, fields: &[&str]) -> Option<(Clause, &'a str)> {
        let (negated, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (place, rest) = match text.strip_prefix("metadata[") {
            Some(rest) => {
                let (name, rest) = quoted(rest)?;
                (vec!["metadata".to_owned(), name], rest.strip_prefix(']')?)
            }
            None => {
                let end = text.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_')?;
                let (field, rest) = text.split_at(end);
                if !fields.contains(&field) {
                    return None;
                }
                (place_of(field), rest)
            }
        };
        let (operator, rest) = [
            (":", Operator::Equals),
            ("~", Operator::Contains),
            (">=", Operator::GreaterOrEqual),
            ("<=", Operator::LessOrEqual),
            (">", Operator::Greater),
            ("<", Operator::Less),
        ]
        .iter()
        .find_map(|(sign, operator)| Some((*operator, rest.strip_prefix(sign)?)))?;
        let (value, rest) = match quoted(rest) {
            Some((text, rest)) => (json!(text), rest),
            None => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let (word, rest) = rest.split_at(end);
                let value = match word {
                    "null" => Value::Null,
                    "true" | "false" => json!(word == "true"),
                    number => json!(number.parse::<i64>().ok()?),
                };
                (value, rest)
            }
        };
        let clause = Clause {
            negated,
            place,
            operator,
            value,
        };
        Some((clause, rest))
    }

    fn holds(&self, object: &Value) -> bool {
        let found = self.place.iter().fold(object, |found, name| &found[name]);
        let compared = number(found)
            .zip(number(&self.value))
            .map(|(found, wanted)| found.cmp(&wanted));
        let holds = match self.operator {
            Operator::Equals => match (found, &self.value) {
                (Value::String(found), Value::String(wanted)) => {
                    found.to_lowercase() == wanted.to_lowercase()
                }
                (found, wanted) => found == wanted || compared.is_some_and(|order| order.is_eq()),
            },
            Operator::Contains => match (found, &self.value) {
                (Value::String(found), Value::String(wanted)) => {
                    found.to_lowercase().contains(&wanted.to_lowercase())
                }
                _ => false,
            },
            Operator::Greater => compared.is_some_and(|order| order.is_gt()),
            Operator::GreaterOrEqual => compared.is_some_and(|order| order.is_ge()),
            Operator::Less => compared.is_some_and(|order| order.is_lt()),
            Operator::LessOrEqual => compared.is_some_and(|order| order.is_le()),
        };
        holds != self.negated
    }
}

/// Where an object has what is asked for: an invoice's subscription stands deeper than its other fields.
fn place_of(field: &str) -> Vec<String> {
    let place: &[&str] = match field {
        "subscription" => &["parent", "subscription_details", "subscription"],
        field => &[field],
    };
    place.iter().map(|&name| name.to_owned()).collect()
}

/// Numbers may be given as texts, and metadata holds nothing else.
fn number(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    }
}

/// A text in single or double quotes, in which a backslash keeps the next sign as it is; and what follows it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut signs = text.char_indices();
    let (_, quote) = signs
        .next()
        .filter(|(_, sign)| matches!(sign, '\'' | '"'))?;
    let mut value = String::new();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\\' => value.push(signs.next()?.1),
            sign if sign == quote => return Some((value, &text[at + quote.len_utf8()..])),
            sign => value.push(sign),
        }
    }
    None
}

impl Call<'_> {
    /// `GET /v1/…/search`
    pub(super) fn search(&self, kind: &str, mut params: Params) -> Result<Value> {
        let world = &*self.world;
        let url = format!("/v1/{kind}/search");
        match kind {
            "charges" => {
                let fields = [
                    "amount", "created", "currency", "customer", "disputed", "refunded", "status",
                ];
                let rows = world.charges.all();
                self.find(&rows, &fields, &url, &mut params, |charge| {
                    charge.json(world)
                })
            }
            "customers" => {
                let fields = ["created", "email", "name", "phone"];
                let rows = world.customers.all();
                self.find(&rows, &fields, &url, &mut params, |customer| {
                    customer.json()
                })
            }
            "invoices" => {
                let fields = [
                    "created",
                    "currency",
                    "customer",
                    "last_finalization_error_code",
                    "last_finalization_error_type",
                    "number",
                    "receipt_number",
                    "status",
                    "subscription",
                    "total",
                ];
                let rows = world.invoices.all();
                self.find(&rows, &fields, &url, &mut params, |invoice| {
                    invoice.json(world)
                })
            }
            "subscriptions" => {
                let fields = ["created", "canceled_at", "status"];
                let rows = world.subscriptions.all();
                self.find(&rows, &fields, &url, &mut params, |it| it.json(world))
            }
            "prices" => {
                let fields = ["active", "currency", "lookup_key", "product", "type"];
                let rows = world.prices.all();
                self.find(&rows, &fields, &url, &mut params, |price| price.json())
            }
            "products" => {
                let fields = ["active", "description", "name", "shippable", "url"];
                let rows = world.products.all();
                self.find(&rows, &fields, &url, &mut params, |product| product.json())
            }
            _ => {
                let fields = ["amount", "created", "currency", "customer", "status"];
                let rows = world.payment_intents.all();
                self.find(&rows, &fields, &url, &mut params, |intent| {
                    intent.json(world)
                })
            }
        }
    }

    fn find<T: Row>(
        &self,
        rows: &Rows<'_, T>,
        fields: &[&str],
        url: &str,
        params: &mut Params,
        json: impl Fn(&T) -> Value,
    ) -> Result<Value> {
        let text = params.required_text("query")?;
        let limit = params.integer_in("limit", 1..=100)?.unwrap_or(10) as usize;
        let page = params.text("page")?;
        let query = Query::parse(&text, fields).ok_or_else(|| {
            Error::invalid(format!(
                "We were unable to parse your search query: `{text}`. Here it may ask for metadata['…'] and {}.",
                fields.join(", ")
            ))
            .param("query")
        })?;
        let newest = match &page {
            None => rows.len(),
            Some(id) => rows.table.place(id).ok_or_else(|| {
                Error::invalid("`page` is the `next_page` of the answer before.").param("page")
            })?,
        };
        let until = self.now - i64::from(self.world.assumptions.search_lag_seconds);
        let mut found: Vec<(&T, Value)> = (0..newest)
            .rev()
            .map(|index| rows.at(index))
            .filter(|row| row.created() <= until)
            .map(|row| (row, json(row)))
            .filter(|(_, object)| object["deleted"] != true && query.matches(object))
            .take(limit + 1)
            .collect();
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next_page = found.last().filter(|_| has_more).map(|(row, _)| row.id());
        Ok(json!({
            "object": "search_result",
            "data": found.iter().map(|(_, object)| object).collect::<Vec<_>>(),
            "has_more": has_more,
            "next_page": next_page,
            "url": url,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[&str] = &["amount", "status", "name"];

    #[test]
    fn queries_say_what_they_say() {
        let object = json!({
            "amount": 1999, "status": "succeeded", "name": "Jenny's \"shop\"",
            "metadata": { "order": "7", "a/b": "C" },
        });
        for (query, expected) in [
            ("metadata['order']:'7'", true),
            ("metadata[\"order\"]:\"8\"", false),
            ("metadata['a/b']:'c'", true),
            ("metadata['none']:null", true),
            ("-metadata['order']:null", true),
            ("metadata['order']>6", true),
            ("amount>1998 AND amount<=1999", true),
            ("amount<1999", false),
            ("amount>=2000 OR status:'succeeded'", true),
            ("amount:1999 AND -status:'succeeded'", false),
            ("name~'SHOP'", true),
            ("name~'Jenny\\'s'", true),
        ] {
            let parsed = Query::parse(query, FIELDS).expect(query);
            assert_eq!(parsed.matches(&object), expected, "{query}");
        }
    }

    #[test]
    fn anything_else_is_no_query() {
        for query in [
            "",
            "amount",
            "amount>",
            "amount>x",
            "colour:'red'",
            "metadata['a:'b'",
            "status:'a' status:'b'",
            "status:'a'AND status:'b'",
            "status:'a' AND",
            "status:'a' AND status:'b' OR status:'c'",
            "status:'a",
            "-",
            "metadata['a']",
            "status:'a' XOR status:'b'",
            "status:'é",
            "é",
        ] {
            assert_eq!(Query::parse(query, FIELDS), None, "{query}");
        }
    }
}
