import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { buildConsole } from '../../src/console/server/build'

const folder = mkdtempSync(path.join(tmpdir(), 'console-pages-'))
const pages = path.join(folder, 'console')
const html = { accept: 'text/html' }
let app: FastifyInstance

beforeAll(() => {
  mkdirSync(path.join(pages, 'assets'), { recursive: true })
  writeFileSync(path.join(pages, 'index.html'), '<title>pages</title>')
  writeFileSync(path.join(pages, 'assets/index-abc.js'), 'start()')
  writeFileSync(path.join(folder, 'secret.txt'), 'secret')
  app = buildConsole({ pages })
})

afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
})

describe('the pages', () => {
  it.each(['/', '/connectors', '/users/userId%3Aa%2Fb'])(
    'open at %s, which is a deep link or a reload',
    async (url) => {
      const response = await app.inject({ url, headers: html })

      expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache'
      ])
      expect(response.body).toBe('<title>pages</title>')
    }
  )

  it('keep their assets for good, because their names hold a hash', async () => {
    const response = await app.inject({ url: '/assets/index-abc.js' })

    expect([response.body, response.headers['cache-control']]).toEqual([
      'start()',
      'public, max-age=31536000, immutable'
    ])
  })

  it('are not sent again if the browser has them', async () => {
    const { headers } = await app.inject({ url: '/assets/index-abc.js' })
    const again = await app.inject({ url: '/assets/index-abc.js', headers: { 'if-none-match': String(headers.etag) } })

    expect([again.statusCode, again.body]).toEqual([304, ''])
  })

  it.each(['/assets/none.js', '/api/none', '/v1/none', '/analytics-next/none', '/assets/', '/..%2fsecret.txt', '/%00'])(
    'are not what a browser gets at %s',
    async (url) => {
      const response = await app.inject({ url, headers: { accept: '*/*' } })

      expect(response.statusCode).toBe(404)
      expect(response.json()).toEqual({
        message: 'There is no such address. The API is described at /api/openapi.json.'
      })
    }
  )

  it.each(['/', '/connectors', '/assets/index-abc.js', '/assets/none.js'])(
    'allow no inline script, no other host and no frame at %s',
    async (url) => {
      const { headers } = await app.inject({ url, headers: html })
      const policy = String(headers['content-security-policy'])

      expect(policy).toContain("default-src 'self'; script-src 'self'; ")
      expect(policy).toContain("object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
      expect(policy.replace(/style-src [^;]+/, '')).not.toContain('unsafe')
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  )
})

describe('a console without built pages', () => {
  it('says how to build them', async () => {
    const bare = buildConsole({ pages: path.join(folder, 'none') })
    const response = await bare.inject({ url: '/', headers: html })
    await bare.close()

    expect(response.statusCode).toBe(200)
    expect(response.body).toContain('<p>Run <code>npm run build</code>, then start the console again.')
  })
})
