// Next actions that lead to another site.

defineNextAction('redirect_to_url', (caller, reference, action) => leaveFor(action.redirect_to_url.url));
defineNextAction('alipay_handle_redirect', (caller, reference, action) => leaveFor(action.alipay_handle_redirect.url));
