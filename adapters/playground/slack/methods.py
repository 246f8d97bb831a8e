"""The Web API's methods that the stand-in knows: arguments, scopes, rates and errors, as the reference has them."""

from dataclasses import dataclass, field

POSTABLE = "attachments blocks icon_emoji icon_url link_names markdown_text metadata parse username as_user"
PAGED = "cursor limit"

COMMON = frozenset(
    # Any method may answer these: the reference repeats most of them everywhere and forgets some here and there
    # (`invalid_auth` at chat.postMessage, `invalid_arguments` at views.open).
    [
        "not_authed",
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "not_allowed_token_type",
        "missing_scope",
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_array_arg",
        "invalid_charset",
        "invalid_form_data",
        "invalid_post_type",
        "missing_post_type",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "fatal_error",
        "internal_error",
        "unknown_method",
        "invalid_json",
        "json_not_object",
    ]
)

RESPONSE_URL, UPLOAD = "response_url", "upload"
"""What is called besides methods; faults befall these by such names too."""

EVERYWHERE = frozenset({"team_id"})
"""slack-bolt sends `team_id` with every call, documented or not; outside of organisations it changes nothing."""

JSON_ARGUMENTS = frozenset({"attachments", "blocks", "files", "metadata", "view"})
"""Arguments that are objects in a JSON body, and text that holds JSON in a form (docs: Web API, "POST bodies")."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method. `scopes`: the token needs one of them. `per_minute`: its rate tier (docs: Rate limits)."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    scopes: tuple[str, ...]
    per_minute: int
    errors: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def arguments(self) -> frozenset[str]:
        return frozenset((*self.required, *self.optional))


def _method(name: str, required: str, optional: str, scopes: str, per_minute: int, errors: str) -> Method:
    return Method(
        name,
        tuple(required.split()),
        tuple(optional.split()),
        tuple(scopes.split()),
        per_minute,
        frozenset(errors.split()),
    )


TIER_1, TIER_2, TIER_3, TIER_4 = 1, 20, 50, 100
SPECIAL = 300
"""Methods that Slack calls "special": hundreds of calls a minute. chat.postMessage has a limit per channel besides."""

READ_ANY = "channels:read groups:read im:read mpim:read"
HISTORY_ANY = "channels:history groups:history im:history mpim:history"
CONTENT_ERRORS = (
    "no_text markdown_text_conflict invalid_blocks invalid_blocks_format invalid_attachments too_many_attachments "
    "msg_too_long"
)
METADATA_ERRORS = "invalid_metadata_format invalid_metadata_schema metadata_too_large"
VIEW_ERRORS = "duplicate_external_id view_too_large"
TRIGGER_ERRORS = "expired_trigger_id exchanged_trigger_id invalid_trigger_id"
REACTION_ERRORS = "bad_timestamp invalid_name message_not_found"
LIST_ERRORS = "invalid_cursor invalid_limit invalid_types"

METHODS: dict[str, Method] = {
    method.name: method
    for method in (
        _method("auth.test", "", "", "", SPECIAL, ""),
        # Slack's own tier is 1; a little more is let through, or no test could restart a bot.
        _method("apps.connections.open", "", "", "connections:write", TIER_2, ""),
        _method(
            "chat.postMessage",
            "channel",
            f"{POSTABLE} current_draft_last_updated_ts mrkdwn reply_broadcast text thread_ts unfurl_links unfurl_media",
            "chat:write",
            SPECIAL,
            f"{CONTENT_ERRORS} {METADATA_ERRORS} channel_not_found not_in_channel is_archived messages_tab_disabled "
            "cannot_reply_to_message",
        ),
        _method(
            "chat.update",
            "channel ts",
            "as_user attachments unfurled_attachments blocks markdown_text metadata link_names parse text "
            "reply_broadcast file_ids",
            "chat:write",
            TIER_3,
            f"{CONTENT_ERRORS} {METADATA_ERRORS} channel_not_found message_not_found cant_update_message is_inactive",
        ),
        _method(
            "chat.delete",
            "channel ts",
            "as_user",
            "chat:write",
            TIER_3,
            "channel_not_found message_not_found cant_delete_message",
        ),
        _method(
            "chat.postEphemeral",
            "channel user",
            f"{POSTABLE} text thread_ts",
            "chat:write",
            TIER_4,
            f"{CONTENT_ERRORS} {METADATA_ERRORS} channel_not_found not_in_channel is_archived "
            "user_not_in_channel messages_tab_disabled "
            "cannot_reply_to_message",
        ),
        _method("chat.getPermalink", "channel message_ts", "", "", SPECIAL, "channel_not_found message_not_found"),
        _method(
            "views.open", "view", "trigger_id interactivity_pointer", "", TIER_4, f"{VIEW_ERRORS} {TRIGGER_ERRORS}"
        ),
        _method(
            "views.push",
            "view",
            "trigger_id interactivity_pointer",
            "",
            TIER_4,
            f"{VIEW_ERRORS} {TRIGGER_ERRORS} push_limit_reached not_found",
        ),
        _method(
            "views.update", "view", "view_id external_id hash", "", TIER_4, f"{VIEW_ERRORS} hash_conflict not_found"
        ),
        _method(
            "views.publish",
            "user_id view",
            "hash interactivity_pointer",
            "",
            TIER_4,
            f"{VIEW_ERRORS} hash_conflict not_enabled",
        ),
        _method("users.info", "user", "include_locale", "users:read", TIER_4, "user_not_found"),
        _method("users.list", "", f"{PAGED} include_locale team_id", "users:read", TIER_2, "invalid_cursor"),
        _method(
            "users.conversations",
            "",
            f"{PAGED} exclude_archived exclude_muted team_id types user",
            READ_ANY,
            TIER_3,
            LIST_ERRORS,
        ),
        _method("conversations.list", "", f"{PAGED} exclude_archived team_id types", READ_ANY, TIER_2, LIST_ERRORS),
        _method(
            "conversations.info",
            "channel",
            "include_locale include_num_members",
            READ_ANY,
            TIER_3,
            "channel_not_found",
        ),
        _method(
            "conversations.history",
            "channel",
            f"{PAGED} include_all_metadata inclusive latest oldest",
            HISTORY_ANY,
            TIER_3,
            "channel_not_found not_in_channel invalid_cursor invalid_ts_latest invalid_ts_oldest",
        ),
        _method(
            "conversations.replies",
            "channel ts",
            f"{PAGED} include_all_metadata inclusive latest oldest",
            HISTORY_ANY,
            TIER_3,
            "channel_not_found thread_not_found invalid_cursor invalid_ts_latest invalid_ts_oldest",
        ),
        _method(
            "conversations.open",
            "",
            "channel prevent_creation return_im users",
            "im:write mpim:write channels:manage groups:write",
            TIER_3,
            "channel_not_found user_not_found users_list_not_supplied not_enough_users too_many_users",
        ),
        _method(
            "conversations.join",
            "channel",
            "",
            "channels:join",
            TIER_3,
            "channel_not_found is_archived method_not_supported_for_channel_type",
        ),
        _method(
            "conversations.members",
            "channel",
            PAGED,
            READ_ANY,
            TIER_4,
            "channel_not_found invalid_cursor invalid_limit",
        ),
        _method(
            "files.getUploadURLExternal",
            "length filename",
            "snippet_type alt_txt",
            "files:write",
            TIER_4,
            "alt_txt_too_large file_upload_size_restricted missing_argument",
        ),
        _method(
            "files.completeUploadExternal",
            "files",
            "channel_id thread_ts channels initial_comment blocks username icon_url icon_emoji",
            "files:write",
            TIER_4,
            "file_not_found channel_not_found not_in_channel invalid_blocks invalid_channel channels_limit_exceeded",
        ),
        _method("files.info", "file", f"{PAGED}", "files:read", TIER_4, "file_not_found"),
        _method(
            "reactions.add",
            "channel name timestamp",
            "",
            "reactions:write",
            TIER_3,
            f"{REACTION_ERRORS} channel_not_found is_archived already_reacted too_many_emoji too_many_reactions",
        ),
        _method(
            "reactions.remove",
            "name",
            "channel timestamp file file_comment",
            "reactions:write",
            TIER_2,
            f"{REACTION_ERRORS} channel_not_found is_archived no_reaction file_not_found no_item_specified",
        ),
        _method(
            "reactions.get",
            "",
            "channel timestamp file file_comment full",
            "reactions:read",
            TIER_3,
            "channel_not_found message_not_found file_not_found no_item_specified",
        ),
        _method("team.info", "", "domain team", "team:read", TIER_3, "team_not_found"),
        _method("bots.info", "", "bot team_id", "users:read", TIER_3, "bot_not_found"),
    )
}
