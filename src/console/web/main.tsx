import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { ApiError } from '../client/call'
import { followLiveFeed } from './data/live'
import './styles/tokens.css'
import './styles/base.css'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The live feed says when something is stale, and nothing else makes it so.
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof ApiError && error.status === 0 && failures < 2
    }
  }
})

followLiveFeed(client)

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>
  )
}
