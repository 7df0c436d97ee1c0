// Who is signed in. The access token is in memory alone; the refresh token is kept for this tab, so that the page can be
// loaded again without a password. A token of the identity provider has none.

const storageKey = 'schemadeploy.refresh';
const auth = document.querySelector('meta[name=auth]').content;

/** The identity provider whose tokens are taken beside the application's own; empty where there is none. */
export const provider = document.querySelector('meta[name=provider]').content;

let accessToken = null;
let refreshing = null;

export class SessionEnded extends Error {}

export const isKnown = () => accessToken !== null || sessionStorage.getItem(storageKey) !== null;

/** Signs in; the answer is the response where it is refused, else null. */
export async function signIn(email, password) {
  const response = await post('login', { email, password });
  if (!response.ok) {
    return response;
  }
  keep(await response.json());
  return null;
}

/** Signs in by a token of the identity provider; the answer is the response where it is refused, else null. */
export async function signInBy(token) {
  const response = await fetch(`${auth}/me`, { cache: 'no-cache', headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) {
    return response;
  }
  forget();
  accessToken = token;
  return null;
}

export async function signOut() {
  const token = sessionStorage.getItem(storageKey);
  forget();
  if (token !== null) {
    await post('logout', { refresh_token: token }).catch(() => {});
  }
}

/** Asks with the token of whoever is signed in, and with a new one where that is good no more. */
export async function ask(path, options = {}) {
  if (accessToken === null) {
    await refresh();
  }
  const response = await send(path, options);
  if (response.status !== 401) {
    return response;
  }
  await refresh();
  return send(path, options);
}

/** Who is signed in. */
export const me = async () => (await ask(`${auth}/me`)).json();

function send(path, options) {
  return fetch(path, { ...options, cache: 'no-cache', headers: { ...options.headers, Authorization: `Bearer ${accessToken}` } });
}

// A refresh token is good once: requests that come together share the answer.
function refresh() {
  refreshing ??= renew().finally(() => { refreshing = null; });
  return refreshing;
}

async function renew() {
  const token = sessionStorage.getItem(storageKey);
  const response = token === null ? null : await post('refresh', { refresh_token: token });
  if (!response?.ok) {
    if (response === null || response.status < 500 && response.status !== 429) {
      forget();
    }
    throw new SessionEnded('Please log in again.');
  }
  keep(await response.json());
}

function post(what, body) {
  return fetch(`${auth}/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

function keep(tokens) {
  accessToken = tokens.access_token;
  sessionStorage.setItem(storageKey, tokens.refresh_token);
}

function forget() {
  accessToken = null;
  sessionStorage.removeItem(storageKey);
}
