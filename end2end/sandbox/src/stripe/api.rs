//! A call under `/v1`: faults around idempotency keys around the operation.

use super::auth::Caller;
use super::call::Call;
use super::error::{Error, Result};
use super::fault::{self, Fault};
use super::idempotency;
use super::json::{Packed, json};
use super::kept_answers::KeptAnswer;
use super::message::{Effect, Request, Response};
use super::routes::Asked;
use super::{API_VERSION, failure, form, success};

/// The versions of the only train understood: others have other fields and rules.
const API_VERSIONS: [&str; 2] = ["2026-09-30.endive", API_VERSION];

impl Call<'_> {
    pub(crate) fn api_request(&mut self, request: &Request, caller: &Caller) -> Response {
        let fault = fault::strike(&mut self.world.faults, &request.method, &request.path);
        if let Some(error) = fault.and_then(fault::instead) {
            if let Some(Fault::Reset { .. }) = fault {
                self.effects.push(Effect::Sever);
            }
            return failure(&error);
        }
        if let Some(Fault::Malformed {
            body,
            after_commit: false,
        }) = fault
        {
            let mut response = success(&json!({ "object": null }));
            body.spoil(&mut response);
            return response;
        }
        let mut response = self
            .keyed_request(request, caller, fault)
            .unwrap_or_else(|error| failure(&error));
        match fault {
            Some(Fault::Delay { ms }) => self.effects.push(Effect::Delay(ms)),
            Some(Fault::Reset { .. }) => self.effects.push(Effect::Sever),
            Some(Fault::Malformed { body, .. }) => body.spoil(&mut response),
            _ => {}
        }
        response
    }

    /// The answer kept under the idempotency key, or else a new one.
    fn keyed_request(
        &mut self,
        request: &Request,
        caller: &Caller,
        fault: Option<Fault>,
    ) -> Result<Response> {
        self.check_headers(request)?;
        let now_ms = self.now_ms;
        let params = form::nested(&read_pairs(request)?)?;
        let key = self.idempotency_key.clone();
        let fingerprint = idempotency::fingerprint(&params);
        if let Some(key) = &key
            && let Some(kept) = idempotency::recall(
                self.world,
                key,
                &request.path,
                &fingerprint,
                now_ms,
                self.real_ms,
            )?
        {
            return Ok(replay(kept, self.world.assumptions.replayed_header));
        }
        let asked = Asked {
            access: caller.access,
            method: &request.method,
            path: &request.path,
            origin: &request.origin,
        };
        let answer = match fault {
            Some(Fault::Status {
                status,
                after_commit,
                ..
            }) => {
                if after_commit {
                    // The caller never hears how it went.
                    drop(self.carry_out_call(&asked, params));
                }
                Err(fault::status(status))
            }
            _ => self.carry_out_call(&asked, params),
        };
        let (mut response, body, carried_out) = match answer {
            Ok(value) => (success(&value), value, true),
            Err(error) => (failure(&error), error.body(), error.carried_out),
        };
        let keeps_refusals = carried_out || self.world.assumptions.keeps_refusals;
        if let Some(key) = key.filter(|_| idempotency::keeps(response.status, keeps_refusals)) {
            let request_id = self.request_id.clone().unwrap_or_default();
            response
                .headers
                .push(("original-request", request_id.clone()));
            let kept = KeptAnswer {
                path: request.path.clone(),
                params: fingerprint,
                created_ms: now_ms,
                running_until_ms: match fault {
                    Some(Fault::Delay { ms }) => self.real_ms.saturating_add(ms),
                    _ => self.real_ms,
                },
                request_id,
                status: response.status,
                body: Packed::from(&body),
            };
            self.world.kept_answers.put(key, kept);
        }
        Ok(response)
    }

    /// To answer in another version's shape, or for another account, would mislead.
    fn check_headers(&self, request: &Request) -> Result<()> {
        if let Some(version) = &request.stripe_version
            && !API_VERSIONS.contains(&version.as_str())
        {
            return Err(Error::invalid(format!(
                "Invalid Stripe API version: {version}. The sandbox speaks {API_VERSION}."
            )));
        }
        match &request.stripe_account {
            Some(account) if *account != self.world.account => Err(Error::invalid(format!(
                "There is no account `{account}` that this key has access to: the sandbox has no connected accounts."
            ))
            .status(403)
            .code("account_invalid")),
            _ => Ok(()),
        }
    }
}

/// The parameters: the query's, and the form's.
fn read_pairs(request: &Request) -> Result<Vec<(String, String)>> {
    let mut pairs = form::pairs(&request.query);
    if request.body.is_empty() {
        return Ok(pairs);
    }
    let content_type = request.content_type.as_deref().unwrap_or_default();
    if !content_type.starts_with("application/x-www-form-urlencoded") {
        return Err(Error::invalid(format!(
            "Stripe's API takes forms (application/x-www-form-urlencoded), not `{content_type}`."
        )));
    }
    let Ok(body) = str::from_utf8(&request.body) else {
        return Err(Error::invalid("Invalid request: the body is not UTF-8."));
    };
    pairs.extend(form::pairs(body));
    Ok(pairs)
}

fn replay(kept: KeptAnswer, says_so: bool) -> Response {
    let mut headers = vec![("original-request", kept.request_id)];
    if says_so {
        headers.push(("idempotent-replayed", "true".to_owned()));
    }
    if kept.status == 402 {
        headers.push(("stripe-should-retry", "false".to_owned()));
    }
    Response {
        status: kept.status,
        headers,
        body: kept.body.value().pretty(),
    }
}
