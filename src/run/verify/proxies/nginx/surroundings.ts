/** What stands around an upstream in nginx's configuration: anything there that is not known could matter. */

import { Unfit } from '../../unfit.ts'
import type { Directive } from './directives.ts'

/** Which server is picked does not depend on these, wherever they stand. */
const HARMLESS = new Set([
  ...['worker_processes', 'error_log', 'pid', 'user', 'daemon', 'master_process', 'events', 'load_module'],
  ...['worker_connections', 'worker_rlimit_nofile', 'worker_shutdown_timeout', 'use', 'multi_accept'],
  ...['log_format', 'access_log', 'log_not_found', 'open_log_file_cache', 'include', 'types', 'default_type'],
  ...['client_body_temp_path', 'proxy_temp_path', 'fastcgi_temp_path', 'uwsgi_temp_path', 'scgi_temp_path'],
  ...['client_body_buffer_size', 'client_header_buffer_size', 'client_max_body_size', 'client_body_timeout'],
  ...['client_header_timeout', 'large_client_header_buffers', 'keepalive_timeout', 'keepalive_requests'],
  ...['sendfile', 'tcp_nopush', 'tcp_nodelay', 'server_tokens', 'send_timeout', 'resolver', 'root', 'index'],
  ...[
    'server_name',
    'listen',
    'location',
    'server',
    'upstream',
    'http',
    'proxy_pass',
    'add_header',
    'return',
  ],
  ...['proxy_set_header', 'proxy_http_version', 'proxy_buffering', 'proxy_buffer_size', 'proxy_buffers'],
  ...['proxy_hide_header', 'proxy_pass_header', 'proxy_redirect', 'proxy_socket_keepalive', 'expires'],
  ...['proxy_ignore_client_abort', 'proxy_request_buffering', 'lingering_close', 'reset_timedout_connection'],
  ...['set_real_ip_from', 'real_ip_header', 'real_ip_recursive', 'split_clients', 'map', 'geo'],
])

/** Zones that do nothing unless a location uses them. */
const ZONES = new Set(['limit_req_zone', 'limit_conn_zone', 'proxy_cache_path'])

/** Timings of connections, and what happens to a request whose server fails. */
const RETRYING = new Set([
  ...['proxy_next_upstream', 'proxy_next_upstream_tries', 'proxy_next_upstream_timeout'],
  ...['proxy_connect_timeout', 'proxy_read_timeout', 'proxy_send_timeout'],
])

/** Directives on the way to the upstream: of `http`, of the server and of the location; the innermost last. */
export interface Surroundings {
  /** The words of the innermost one of that name; undefined when there is none. */
  words(name: string): readonly string[] | undefined
}

/** @throws Unfit when there is something that could matter and is not known */
export function surroundingsOf(
  tree: readonly Directive[],
  upstream: string,
  isShared: boolean,
): Surroundings {
  const workers = tree.find(({ name }) => name === 'worker_processes')?.words[0] ?? '1'
  if (workers !== '1' && !isShared) {
    throw new Unfit(`worker_processes is ${workers}: without a zone each worker picks on its own`)
  }
  const path = [tree, ...pathTo(tree, upstream)]
  for (const { name } of path.flat()) {
    if (HARMLESS.has(name) || ZONES.has(name) || RETRYING.has(name)) continue
    throw new Unfit(`unknown directive "${name}" on the way to upstream "${upstream}"`)
  }
  return {
    words(name) {
      return path.flatMap((level) => level.filter((directive) => directive.name === name)).at(-1)?.words
    },
  }
}

/** The blocks within which requests are passed to the upstream, outermost first; just `http` when none is. */
function pathTo(tree: readonly Directive[], upstream: string): (readonly Directive[])[] {
  const http = tree.find(({ name }) => name === 'http')?.block ?? []
  const found = within(http, upstream)
  return [http, ...(found ?? [])]
}

function within(block: readonly Directive[], upstream: string): (readonly Directive[])[] | undefined {
  for (const { name, block: inner } of block) {
    if (inner === undefined || (name !== 'server' && name !== 'location')) continue
    if (inner.some((directive) => isPass(directive, upstream))) return [inner]
    const deeper = within(inner, upstream)
    if (deeper) return [inner, ...deeper]
  }
  return undefined
}

function isPass({ name, words: [target = ''] }: Directive, upstream: string): boolean {
  return name === 'proxy_pass' && /^https?:\/\/([^/]+)/.exec(target)?.[1] === upstream
}
