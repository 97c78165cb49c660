//! reset-relay, the maker's server that mails the code.
