"""What only coordinators do: take in files, tend answers, look after the outbox."""
