//! Scenarios of two, three and four users, over a network whose timing is random, from a seed.

mod credentials;
mod holes;
mod invitations;
mod journeys;
mod labs;
mod muted;
mod negotiation;
mod notices;
mod outages;
mod recovery;
mod screens;
