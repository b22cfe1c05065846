//! The tables as diesel sees them; both migration folders make the same ones. Times are Unix seconds.

diesel::table! {
    users (id) {
        id -> BigInt,
        name -> Text,
        realname -> Text,
        email -> Text,
        password_hash -> Nullable<Text>,
        status -> Text,
        forge_admin -> Bool,
        created -> BigInt,
        uses_plugin -> Bool,
        language -> Nullable<Text>,
    }
}

diesel::table! {
    projects (id) {
        id -> BigInt,
        name -> Text,
        title -> Text,
        status -> Text,
        uses_plugin -> Bool,
    }
}

diesel::table! {
    trackers (id) {
        id -> BigInt,
        project_id -> BigInt,
        name -> Text,
        title -> Text,
    }
}

diesel::table! {
    roles (id) {
        id -> BigInt,
        project_id -> Nullable<BigInt>,
        name -> Text,
    }
}

diesel::table! {
    role_members (role_id, user_id) {
        role_id -> BigInt,
        user_id -> BigInt,
    }
}

diesel::table! {
    role_settings (role_id, section, ref_id) {
        role_id -> BigInt,
        section -> Text,
        ref_id -> BigInt,
        value -> BigInt,
    }
}

diesel::table! {
    items (id) {
        id -> BigInt,
        tracker_id -> BigInt,
        summary -> Text,
        details -> Text,
        priority -> BigInt,
        status -> Text,
        submitter_id -> BigInt,
        consumer_name -> Nullable<Text>,
        created -> BigInt,
        role_name -> Nullable<Text>,
        access_token_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    item_changes (id) {
        id -> BigInt,
        item_id -> BigInt,
        at -> BigInt,
        user_id -> BigInt,
        consumer_name -> Nullable<Text>,
        role_name -> Nullable<Text>,
        access_token_id -> Nullable<BigInt>,
        part -> Text,
        before -> Text,
        after -> Text,
    }
}

diesel::table! {
    item_words (tracker_id, word, item_id) {
        tracker_id -> BigInt,
        word -> Text,
        item_id -> BigInt,
    }
}

diesel::table! {
    consumers (id) {
        id -> BigInt,
        name -> Text,
        url -> Text,
        description -> Text,
        email -> Text,
        key -> Text,
        public_key -> Nullable<Text>,
        enabled -> Bool,
        created -> BigInt,
        needs -> Text,
    }
}

diesel::table! {
    consumer_secrets (id) {
        id -> BigInt,
        consumer_id -> BigInt,
        place -> Text,
        secret -> Text,
        created -> BigInt,
        retires -> Nullable<BigInt>,
        last_signed -> Nullable<BigInt>,
    }
}

diesel::table! {
    consumer_callbacks (consumer_id, url) {
        consumer_id -> BigInt,
        url -> Text,
    }
}

diesel::table! {
    consumer_networks (consumer_id, network) {
        consumer_id -> BigInt,
        network -> Text,
    }
}

diesel::table! {
    request_tokens (id) {
        id -> BigInt,
        consumer_id -> BigInt,
        key -> Text,
        secret -> Text,
        callback -> Text,
        state -> Text,
        created -> BigInt,
        expires -> BigInt,
        decided -> Nullable<BigInt>,
        user_id -> Nullable<BigInt>,
        role_id -> Nullable<BigInt>,
        verifier_hash -> Nullable<Text>,
        attempts -> BigInt,
        token_seconds -> Nullable<BigInt>,
        label -> Nullable<Text>,
    }
}

diesel::table! {
    access_tokens (id) {
        id -> BigInt,
        consumer_id -> BigInt,
        user_id -> BigInt,
        role_id -> BigInt,
        key -> Text,
        secret -> Text,
        created -> BigInt,
        revoked -> Nullable<BigInt>,
        expires -> Nullable<BigInt>,
        label -> Nullable<Text>,
        last_used -> Nullable<BigInt>,
        last_used_from -> Nullable<Text>,
    }
}

diesel::table! {
    ledger (id) {
        id -> BigInt,
        line -> BigInt,
        epoch -> BigInt,
        horizon -> BigInt,
    }
}

diesel::table! {
    nonces (second, line) {
        second -> BigInt,
        line -> BigInt,
        keys -> Binary,
    }
}

diesel::table! {
    sessions (id_hash) {
        id_hash -> Text,
        user_id -> BigInt,
        expires -> BigInt,
    }
}

diesel::table! {
    sealing (id) {
        id -> BigInt,
        key_name -> Text,
    }
}

diesel::table! {
    login_failures (id) {
        id -> BigInt,
        account_hash -> Text,
        address -> Text,
        at -> BigInt,
    }
}

diesel::table! {
    audit_log (number) {
        number -> BigInt,
        at -> BigInt,
        actor -> Text,
        actor_id -> Nullable<BigInt>,
        actor_name -> Nullable<Text>,
        address -> Nullable<Text>,
        action -> Text,
        object -> Text,
        object_id -> Nullable<BigInt>,
        object_name -> Nullable<Text>,
        user_id -> Nullable<BigInt>,
        user_name -> Nullable<Text>,
        consumer_id -> Nullable<BigInt>,
        consumer_name -> Nullable<Text>,
        details -> Text,
        reason -> Nullable<Text>,
        previous -> Text,
        hash -> Text,
        seal -> Text,
    }
}

diesel::table! {
    audit_key (id) {
        id -> BigInt,
        name -> Text,
        secret -> Text,
    }
}

diesel::table! {
    audit_head (id) {
        id -> BigInt,
        count -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    consumer_owners (consumer_id) {
        consumer_id -> BigInt,
        user_id -> BigInt,
    }
}

diesel::table! {
    refusals (number) {
        number -> BigInt,
        id -> Text,
        consumer_id -> Nullable<BigInt>,
        at -> BigInt,
        code -> Text,
        request -> Text,
        evidence -> Text,
        is_proved -> Bool,
        household -> Text,
    }
}

diesel::table! {
    token_calls (token_id, day) {
        token_id -> BigInt,
        day -> BigInt,
        calls -> BigInt,
    }
}

diesel::table! {
    consumer_calls (consumer_id, day, code) {
        consumer_id -> BigInt,
        day -> BigInt,
        code -> Text,
        calls -> BigInt,
    }
}

diesel::table! {
    hourly_calls (hour, code) {
        hour -> BigInt,
        code -> Text,
        calls -> BigInt,
    }
}

diesel::table! {
    consumer_words (word, consumer_id) {
        word -> Text,
        consumer_id -> BigInt,
    }
}

diesel::table! {
    user_words (word, user_id) {
        word -> Text,
        user_id -> BigInt,
    }
}

diesel::joinable!(user_words -> users (user_id));

diesel::table! {
    mail (id) {
        id -> BigInt,
        user_id -> BigInt,
        letter -> Text,
        created -> BigInt,
        due -> BigInt,
        attempts -> BigInt,
    }
}

diesel::table! {
    mail_told_asleep (token_id) {
        token_id -> BigInt,
        told -> BigInt,
    }
}

diesel::table! {
    mail_rounds (id) {
        id -> BigInt,
        ending_second -> BigInt,
        ending_token -> BigInt,
        asleep_token -> BigInt,
        asleep_epoch -> BigInt,
    }
}

diesel::joinable!(trackers -> projects (project_id));
diesel::joinable!(roles -> projects (project_id));
diesel::joinable!(role_members -> roles (role_id));
diesel::joinable!(role_members -> users (user_id));
diesel::joinable!(items -> users (submitter_id));
diesel::joinable!(item_changes -> users (user_id));
diesel::joinable!(consumer_secrets -> consumers (consumer_id));
diesel::joinable!(request_tokens -> consumers (consumer_id));
diesel::joinable!(request_tokens -> roles (role_id));
diesel::joinable!(access_tokens -> consumers (consumer_id));
diesel::joinable!(access_tokens -> users (user_id));
diesel::joinable!(access_tokens -> roles (role_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(consumer_owners -> users (user_id));
diesel::joinable!(refusals -> consumers (consumer_id));
diesel::joinable!(mail -> users (user_id));
diesel::allow_tables_to_appear_in_same_query!(
    users,
    user_words,
    projects,
    trackers,
    roles,
    role_members,
    role_settings,
    items,
    item_changes,
    item_words,
    consumers,
    consumer_secrets,
    consumer_callbacks,
    consumer_networks,
    request_tokens,
    access_tokens,
    ledger,
    nonces,
    sealing,
    sessions,
    login_failures,
    audit_log,
    audit_key,
    audit_head,
    consumer_owners,
    refusals,
    token_calls,
    consumer_calls,
    hourly_calls,
    consumer_words,
    mail,
    mail_told_asleep,
    mail_rounds,
);
