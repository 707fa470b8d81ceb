import './app/no-eval'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { must } from 'shared/plain/must'
import { ErrorScreen } from './app/error-screen'
import { Root } from './app/root'
import { watchForUpdates } from './app/updates'
import { beginToOpen } from './app/use-account'
import { applyTheme } from './features/account/theme'
import { browserDevice } from './store/device'
import { language } from './text/text'
import './ui/tokens.css'
import './ui/controls.css'

const device = browserDevice()
beginToOpen(device)
applyTheme()
document.documentElement.lang = language()
const updates = watchForUpdates()
createRoot(must(document.getElementById('root'), 'the root element')).render(
  <StrictMode>
    <ErrorScreen>
      <Root device={device} updates={updates} />
    </ErrorScreen>
  </StrictMode>,
)
