"""What every router uses: who writes, how we answer, what is kept between two messages."""
