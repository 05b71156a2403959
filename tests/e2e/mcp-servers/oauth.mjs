// Scripted servers behind OAuth: everything is right but what a test changes.

import { scripted, legacy, listOf } from './scripted.mjs';

const TOKEN = 'a-token-that-is-good';

export const asMetadata = (origin, issuer = origin) => ({
    issuer,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    registration_endpoint: `${origin}/register`,
    scopes_supported: ['read'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
});

export const resource = (url, ...servers) => ({ resource: url, authorization_servers: servers });

/** What an authorization server does besides telling who it is. */
export function authorize({ method, path, body }, origin) {
    const url = new URL(path, origin);
    if (method === 'POST' && url.pathname === '/register')
        return { status: 201, body: { client_id: 'client-1', ...JSON.parse(body) } };
    if (method === 'GET' && url.pathname === '/authorize') {
        const to = new URL(url.searchParams.get('redirect_uri'));
        to.searchParams.set('code', 'code-1');
        to.searchParams.set('state', url.searchParams.get('state'));
        return { status: 302, headers: { location: to.href } };
    }
    if (method === 'POST' && url.pathname === '/token')
        return { body: { access_token: TOKEN, token_type: 'Bearer', expires_in: 60 } };
    return undefined;
}

/** A server at /mcp whose documents are `documents[path]`: JSON, { status, … }, or a function of its origin that
 *  answers either. `challenge(origin)` is its WWW-Authenticate; none: it sends none. */
export const guarded = ({ challenge, documents = {}, respond }) => scripted((request, origin) => {
    const own = respond?.(request, origin);
    if (own)
        return own;
    const path = request.path.split('?')[0];
    if (path === '/mcp') {
        const value = challenge?.(origin);
        return request.headers.authorization === `Bearer ${TOKEN}` ? legacy(request, listOf('secret_tool'))
            : { status: 401, headers: value ? { 'www-authenticate': value } : {} };
    }
    const document = typeof documents[path] === 'function' ? documents[path](origin) : documents[path];
    if (document)
        return document.status ? document : { body: document };
    return authorize(request, origin);
});

/** An authorization server of its own. */
export const authority = (documents, respond) => guarded({ documents, respond });
