// A real OpenID Connect provider for tests: node provider.mjs PORT CONFIG.json [CERTIFICATE KEY]
//
// npm's oidc-provider on loopback; it prints "ready" once it listens. CONFIG is
// {clients: [...], people: {subject: {email, name, enabled}}}. What a test changes about it while it
// runs is posted to /_test/..., which no other part knows.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Provider } from 'oidc-provider';

const [port, configFile, certificate, key] = process.argv.slice(2);
const issuer = `http${certificate ? 's' : ''}://127.0.0.1:${port}`;
const config = JSON.parse(fs.readFileSync(configFile));
const PASSWORD = 'urn:test:password';
const SECOND_FACTOR = 'urn:test:mfa';
let keys = [newKey()];
let provider;
let handler;
let loginIsOlderBy = 0;
let failuresToCome = 0;
let forgets = new Set(); // what of itself it does not say: names of its metadata

function newKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  return { ...jwk, kid: randomUUID().slice(0, 8), use: 'sig', alg: 'ES256' };
}

function account(_ctx, subject) {
  const person = config.people[subject];
  if (!person || person.enabled === false) return undefined;
  const claims = { sub: subject, email: person.email, email_verified: true, name: person.name };
  return { accountId: subject, claims: async () => claims };
}

// Consent is the organisation's: it is given at once, else every sign-in would need a second page.
async function grantAtOnce(ctx) {
  const { session, client } = ctx.oidc;
  const known = session.grantIdFor(client.clientId);
  if (known) return provider.Grant.find(known);
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}

function build() {
  provider = new Provider(issuer, {
    clients: config.clients,
    jwks: { keys },
    cookies: { keys: ['test-only'], names: { session: `_op_${port}`, interaction: `_interaction_${port}`, resume: `_resume_${port}` } },
    pkce: { required: () => true },
    acrValues: [PASSWORD, SECOND_FACTOR],
    // Without this list the three come only if they are asked for one by one.
    claims: { openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      claimsParameter: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx, form) => { ctx.body = `<!doctype html><title>Sign out</title>${form}`; } },
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    // Its own fetch refuses loopback, so a back-channel logout would never arrive.
    fetch: (url, options) => globalThis.fetch(url, { ...options, dispatcher: undefined }),
    findAccount: account,
    loadExistingGrant: grantAtOnce,
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 3600, Grant: 3600 },
  });
  for (const trouble of ['backchannel.error', 'server_error', 'grant.error']) {
    provider.on(trouble, (...told) => console.error(trouble, told.at(-1)));
  }
  handler = provider.callback();
}

function textOf(request) {
  return new Promise((resolve) => {
    let text = '';
    request.on('data', (piece) => { text += piece; }).on('end', () => resolve(text));
  });
}

const CHANGES = {
  rotate: (told) => { keys = told === 'drop' ? [newKey()] : [newKey(), ...keys]; build(); },
  person: (told) => { const { sub, ...rest } = JSON.parse(told); config.people[sub] = { ...config.people[sub], ...rest }; },
  age: (told) => { loginIsOlderBy = Number(told); },
  fail: (told) => { failuresToCome = Number(told); },
  forget: (told) => { forgets = new Set(JSON.parse(told)); },
};

async function interaction(request, response) {
  if (request.method === 'GET') {
    await provider.interactionDetails(request, response);
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><html lang="en"><title>Test sign-in</title><form method="post"><label>Person <input name="sub"></label><label>Second factor <input name="mfa"></label><button>Sign in</button></form>');
    return;
  }
  const told = new URLSearchParams(await textOf(request));
  const person = config.people[told.get('sub')];
  const result = !person || person.enabled === false
    ? { error: 'access_denied', error_description: 'unknown or disabled person' }
    : { login: {
        accountId: told.get('sub'),
        ts: Math.floor(Date.now() / 1000) - loginIsOlderBy,
        acr: told.get('mfa') ? SECOND_FACTOR : PASSWORD,
        amr: told.get('mfa') ? ['pwd', 'otp'] : ['pwd'],
      } };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

async function metadata(request, response) {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, { headers: { 'x-test-inner': '1' } });
  const said = Object.entries(await answer.json()).filter(([name]) => !forgets.has(name));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(Object.fromEntries(said)));
}

async function serve(request, response) {
  const { pathname } = new URL(request.url, issuer);
  const change = pathname.match(/^\/_test\/(\w+)$/);
  if (change) {
    CHANGES[change[1]](await textOf(request));
    return response.end('ok');
  }
  if (failuresToCome > 0 && pathname === '/token') {
    failuresToCome -= 1;
    response.writeHead(503);
    return response.end('later');
  }
  if (forgets.size && pathname.endsWith('openid-configuration') && !request.headers['x-test-inner']) {
    return metadata(request, response);
  }
  if (pathname.startsWith('/interaction/')) return interaction(request, response);
  return handler(request, response);
}

build();
const server = certificate
  ? https.createServer({ cert: fs.readFileSync(certificate), key: fs.readFileSync(key) }, serve)
  : http.createServer(serve);
server.listen(Number(port), '127.0.0.1', () => console.log('ready'));
