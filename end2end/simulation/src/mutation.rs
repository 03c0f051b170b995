//! Deliberate mistakes at the seams. Each breaks a rule that the payment line keeps; a simulation that does not notice
//! is worth nothing.

/// A mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// Every sending carries a new idempotency key.
    KeyDropped,
    /// An order is written whatever its version.
    VersionIgnored,
    /// What stood on an intent before the attempt is forgotten.
    BaselineIgnored,
    /// Pending events are marked as done without work.
    EventsSkipped,
    /// Attempts of a dead server are never taken up.
    OrphansForgotten,
    /// A lost call is sent again long after the shopper has gone.
    SentForEver,
    /// Money that must go back stays.
    ReturnForgotten,
    /// A server that dies before it has heard from Stripe leaves no trace of the attempt, as if it were stored after
    /// the call.
    StoredAfterwards,
    /// An operation that was asked for twice is done twice.
    OperationRepeated,
}

impl Mutation {
    /// Every one, by name.
    pub const ALL: [(&'static str, Mutation); 9] = [
        ("key-dropped", Mutation::KeyDropped),
        ("version-ignored", Mutation::VersionIgnored),
        ("baseline-ignored", Mutation::BaselineIgnored),
        ("events-skipped", Mutation::EventsSkipped),
        ("orphans-forgotten", Mutation::OrphansForgotten),
        ("sent-for-ever", Mutation::SentForEver),
        ("return-forgotten", Mutation::ReturnForgotten),
        ("stored-afterwards", Mutation::StoredAfterwards),
        ("operation-repeated", Mutation::OperationRepeated),
    ];

    /// The mistake of that name.
    ///
    /// # Errors
    /// There is none; the names there are.
    pub fn parse(name: &str) -> Result<Mutation, String> {
        let found = Mutation::ALL.iter().find(|(known, _)| *known == name);
        found.map(|(_, mutation)| *mutation).ok_or_else(|| {
            let names: Vec<_> = Mutation::ALL.iter().map(|(name, _)| *name).collect();
            format!("one of {}", names.join(", "))
        })
    }
}
