"""Files and folders that outlive a run: written whole or not at all, kept, remembered, cleared away."""
