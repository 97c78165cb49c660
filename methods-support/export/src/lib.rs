//! Method `support` as a shared object.

resetkit_contract::export_method!(resetkit_method_support::Support);
