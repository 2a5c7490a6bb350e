// Delivers documents with the official client and prints what it saw as one line of JSON.
// usage: node elasticsearch.mjs PACKAGE URL INDEX FIRST COUNT
const [, , pack, node, index, first, count] = process.argv
const { Client } = await import(pack)
const client = new Client({ node, maxRetries: 0 })
const info = await client.info()
const health = await client.cluster.health()
const existedBefore = await client.indices.exists({ index })

const documents = Array.from({ length: Number(count) }, (_, offset) => {
  const number = Number(first) + offset
  return {
    '@timestamp': new Date(Date.UTC(2026, 10, 20) + number * 1000).toISOString(),
    number,
    message: `결제 ${number} 완료`,
    'log.level': number % 10 === 0 ? 'ERROR' : 'info',
    service: { name: 'checkout' },
  }
})
const dropped = []
const bulk = await client.helpers.bulk({
  datasource: documents,
  onDocument: (document) => ({ create: { _index: index, _id: String(document.number) } }),
  onDrop: (drop) => dropped.push(drop.status),
  flushBytes: 20_000,
})
await client.indices.refresh({ index })
const one = await client.index({ index, document: { '@timestamp': new Date().toISOString(), message: 'single' } })
console.log(
  JSON.stringify({
    version: info.version.number,
    status: health.status,
    existedBefore,
    existsAfter: await client.indices.exists({ index }),
    successful: bulk.successful,
    failed: bulk.failed,
    dropped: [...new Set(dropped)],
    single: one.result,
  }),
)
await client.close()
